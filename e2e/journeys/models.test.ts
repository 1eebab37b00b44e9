import { getModel, listModelPromotions, listModels } from "@tessera/contracts/model";
import { createProject } from "@tessera/contracts/project";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, launchBrowser, takeShots } from "../support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "../support/platform.ts";
import { comeIn } from "../support/visitor.ts";

const MINUTES = 60_000;
const project = "iris";

const mlmodel = `flavors:
  python_function: {loader_module: mlflow.sklearn}
  sklearn: {pickled_model: model.pkl}
mlflow_version: 3.17.2
model_size_bytes: 5120
signature:
  inputs: '[{"type": "double", "name": "sepal width", "required": true}, {"type": "double", "name": "petal width", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
`;

describe("from a logged model to the champion", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  let run: string;

  beforeAll(async () => {
    platform = await startPlatform();
    await platform.client.call(createProject, { body: { name: "Iris", slug: project } });
    run = await logModel();
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(20_000);
  }, 5 * MINUTES);
  afterAll(async () => {
    await browser?.close();
    await platform.stop();
    await removeHome(platform.home);
  });

  async function mlflow(method: string, path: string, body: object | string): Promise<unknown> {
    const text = typeof body === "string";
    const response = await fetch(`${platform.url}/p/${project}/api/2.0/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${platform.token}`,
        "content-type": text ? "application/octet-stream" : "application/json",
      },
      body: text ? body : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  /** A run with a model beside it, as the client's log_model leaves it. */
  async function logModel(): Promise<string> {
    const made = await mlflow("POST", "mlflow/runs/create", { run_name: "trained" });
    const id = (made as { run: { info: { run_id: string } } }).run.info.run_id;
    const dataset = { name: "iris", digest: "f0e1d2", source_type: "local", source: "{}" };
    await mlflow("POST", "mlflow/runs/log-inputs", { run_id: id, datasets: [{ dataset }] });
    const logged = await mlflow("POST", "mlflow/logged-models", {
      experiment_id: "0",
      name: "classifier",
      source_run_id: id,
    });
    const model = (logged as { model: { info: { model_id: string } } }).model.info.model_id;
    const folder = `mlflow-artifacts/artifacts/0/models/${model}/artifacts`;
    await mlflow("PUT", `${folder}/MLmodel`, mlmodel);
    await mlflow("PATCH", `mlflow/logged-models/${model}`, { status: "LOGGED_MODEL_READY" });
    await mlflow("POST", "mlflow/runs/update", { run_id: id, status: "FINISHED" });
    return id;
  }

  it("says how to make a first one", async () => {
    await comeIn(page, platform);
    await page.goto(`${platform.url}/p/${project}/models`);
    await page.getByText("No models yet").waitFor();
    await takeShots(page, "models-empty");
    expect(await findBarriers(page)).toEqual([]);
  });

  it("registers it from the run's artifacts, under a name with a space", async () => {
    await page.goto(`${platform.url}/p/${project}/runs/${run}?tab=artifacts`);
    await page.getByRole("button", { name: "Register model" }).click();
    const name = page.getByLabel("Model", { exact: true });
    expect(await name.inputValue()).toBe("classifier");
    await name.fill("a/b");
    await page.getByText(/neither \/ nor/).waitFor();
    await name.fill("iris 100%");
    await takeShots(page, "register-model");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByRole("heading", { name: "Version 1" }).waitFor();
    await page.getByText("sepal width").waitFor();
    await page.getByText("iris@f0e1d2").waitFor();
    await page.getByRole("link", { name: "MLmodel" }).waitFor();
    await page.getByRole("link", { name: "trained" }).waitFor();
  });

  it("promotes it with a reason, which is kept", async () => {
    await page.getByRole("button", { name: "Promote" }).click();
    await page.getByLabel("Reason").fill("Best on the held-out flowers");
    await takeShots(page, "promote");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Promote" }).click();
    await page.getByText("Best on the held-out flowers").waitFor();
    await page.getByText("@champion").first().waitFor();
    await takeShots(page, "model");
    expect(await findBarriers(page)).toEqual([]);
    const params = { project, name: "iris 100%" };
    expect((await platform.client.call(getModel, { params })).aliases).toEqual([
      { alias: "champion", version: 1 },
    ]);
    const { items } = await platform.client.call(listModelPromotions, { params });
    expect(items).toMatchObject([{ reason: "Best on the held-out flowers", to: "champion" }]);
  });

  it("leads from the list to the version and back to the run", async () => {
    await page.getByRole("link", { name: "Models", exact: true }).first().click();
    await page.getByText("@champion v1").waitFor();
    await takeShots(page, "models");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("link", { name: "iris 100%" }).click();
    await page.getByRole("link", { name: "trained" }).click();
    await page.waitForURL(new RegExp(`/runs/${run}`));
    await page.getByRole("tab", { name: /Artifacts/ }).click();
    await page.getByRole("link", { name: "iris 100% v1" }).waitFor();
  });

  it("takes the alias away, and deletes the model", async () => {
    await page.getByRole("link", { name: "iris 100% v1" }).click();
    await page.getByRole("button", { name: "Promote" }).click();
    await page.getByRole("button", { name: "Remove alias" }).click();
    await page.getByText("removed").waitFor();
    await page.getByRole("button", { name: "Delete the model" }).click();
    await page.getByLabel(/to confirm/).fill("iris 100%");
    await page.getByRole("button", { name: "Delete model" }).click();
    await page.getByText("No models yet").waitFor();
    const { items } = await platform.client.call(listModels, { params: { project } });
    expect(items).toEqual([]);
  });
});
