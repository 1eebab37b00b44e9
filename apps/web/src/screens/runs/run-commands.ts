/** How a run gets into a project: through the platform's queue, or by the stock client. */
export function submitCommand(project: string): string {
  return `tessera run --project ${project} -- python train.py`;
}

/** The lines that point an unchanged MLflow script at a project. */
export function trackingCommand(origin: string, project: string): string {
  return [
    `export MLFLOW_TRACKING_URI=${origin}/p/${project}`,
    "export MLFLOW_TRACKING_TOKEN=…  # from Settings, Tokens",
    "python train.py",
  ].join("\n");
}
