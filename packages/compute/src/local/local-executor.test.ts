import { describeExecutor } from "../testing/executor-conformance.ts";
import { createLocalHarness } from "./local-harness.ts";

describeExecutor("local", createLocalHarness);
