"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { completeWelcome, Welcome } from "@tessera/contracts/identity";
import { useSearchParams } from "next/navigation";
import { useForm } from "react-hook-form";
import { safeNext } from "../../data/auth.ts";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Input } from "../../parts/input.tsx";
import { AuthCard } from "./auth-card.tsx";

/** The first look of somebody who came in by a one-time link: who they are, and a password. */
export function WelcomePage() {
  const next = safeNext(useSearchParams().get("next"));
  const form = useForm<Welcome>({
    resolver: zodResolver(Welcome),
    defaultValues: { name: "", email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await client.call(completeWelcome, { body });
      window.location.assign(next);
    } catch (error) {
      form.setError("root", { message: errorWords(error, "").detail ?? "Try again" });
    }
  });
  return (
    <AuthCard
      title="Welcome"
      note="Set how you sign in from now on. The link that brought you here works once."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <Field label="Name" error={errors.name?.message}>
          {(control) => (
            <Input {...control} {...form.register("name")} autoComplete="name" autoFocus />
          )}
        </Field>
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => (
            <Input {...control} {...form.register("email")} type="email" autoComplete="username" />
          )}
        </Field>
        <Field label="Password" hint="10 characters or more" error={errors.password?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("password")}
              type="password"
              autoComplete="new-password"
            />
          )}
        </Field>
        {errors.root ? (
          <p role="alert" className="text-sm text-bad">
            {errors.root.message}
          </p>
        ) : null}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={isSubmitting}>
            Save and go on
          </Button>
          <Button asChild variant="ghost">
            <a href={next}>Later</a>
          </Button>
        </div>
      </form>
    </AuthCard>
  );
}
