"use client";

import { getAuthProviders } from "@tessera/contracts/identity";
import { useSearchParams } from "next/navigation";
import { useForm } from "react-hook-form";
import { safeNext, signInWithPassword, signInWithProvider } from "../../data/auth.ts";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Input } from "../../parts/input.tsx";
import { AuthCard } from "./auth-card.tsx";

interface Credentials {
  email: string;
  password: string;
}

/** Signing in by password, or through the providers that are set up. */
export function SignInPage() {
  const next = safeNext(useSearchParams().get("next"));
  const providers = useEndpoint(getAuthProviders, {});
  return (
    <AuthCard title="Sign in">
      <PasswordForm next={next} />
      {providers.data?.oidc.map((provider) => (
        <Button
          key={provider.id}
          className="mt-3 w-full justify-center"
          onClick={() => void signInWithProvider(provider.id, next)}
        >
          Continue with {provider.name}
        </Button>
      ))}
    </AuthCard>
  );
}

function PasswordForm({ next }: { next: string }) {
  const form = useForm<Credentials>({ defaultValues: { email: "", password: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email, password }) => {
    try {
      await signInWithPassword(email, password);
      window.location.assign(next);
    } catch (error) {
      form.setError("root", { message: errorWords(error, "").detail ?? "Try again" });
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("email", { required: "Your e-mail address is needed" })}
            type="email"
            autoComplete="username"
            autoFocus
          />
        )}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("password", { required: "Your password is needed" })}
            type="password"
            autoComplete="current-password"
          />
        )}
      </Field>
      {errors.root ? (
        <p role="alert" className="text-sm text-bad">
          {errors.root.message}
        </p>
      ) : null}
      <Button type="submit" variant="primary" busy={isSubmitting} className="w-full justify-center">
        Sign in
      </Button>
    </form>
  );
}
