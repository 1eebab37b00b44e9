import { z } from "zod";

/** One value of a parameter. */
export const ParameterValue = z.union([z.number(), z.string().max(1000), z.boolean()]);
export type ParameterValue = z.infer<typeof ParameterValue>;

/** Values of the parameters that apply, by name. */
export const ParameterValues = z.record(z.string(), ParameterValue);
export type ParameterValues = z.infer<typeof ParameterValues>;

/** Makes a parameter apply only where another one has one of these values. */
export const Condition = z.strictObject({
  parameter: z.string(),
  in: z.array(ParameterValue).min(1).max(1000),
});
export type Condition = z.infer<typeof Condition>;

const range = {
  low: z.number(),
  high: z.number(),
  /** Equal ratios are equally likely, not equal distances. */
  log: z.boolean().optional(),
  /** Only `low`, `low + step`, … */
  step: z.number().optional(),
  when: Condition.optional(),
};

/** What one parameter may be. */
export const Parameter = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("float"), ...range }),
  z.strictObject({ type: z.literal("int"), ...range }),
  z.strictObject({
    type: z.literal("categorical"),
    choices: z.array(ParameterValue).min(1).max(1000),
    when: Condition.optional(),
  }),
]);
export type Parameter = z.infer<typeof Parameter>;

/** Parameters by name. */
export const SearchSpace = z
  .record(
    z
      .string()
      .max(200)
      .regex(/^[A-Za-z_][\w./-]*$/, "must be a name: a letter, then letters, digits, . _ / -"),
    Parameter,
  )
  .refine((space) => Object.keys(space).length <= 200, "at most 200 parameters");
export type SearchSpace = z.infer<typeof SearchSpace>;

/** Which way is better. */
export const Direction = z.enum(["minimize", "maximize"]);
export type Direction = z.infer<typeof Direction>;

/** A sampler or a pruner by its name, with options of its own; what is left out has its default. */
export const Method = z.strictObject({
  name: z.string().min(1).max(60),
  options: z.record(z.string().max(60), z.union([z.number(), z.boolean()])).optional(),
});
export type Method = z.infer<typeof Method>;
