"""Trains a classifier of handwritten digits and logs it with the stock MLflow client.

Nothing here knows of Tessera: the tracking address, the run and the token come from the
environment, so the same script runs against any MLflow server.
"""

import argparse
import json
import tempfile
from pathlib import Path

import mlflow
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import confusion_matrix, f1_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

CLASSES = list(range(10))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alpha", type=float, default=1e-4, help="strength of regularisation")
    parser.add_argument("--eta", type=float, default=0.01, help="learning rate")
    parser.add_argument("--penalty", choices=["l1", "l2", "elasticnet"], default="l2")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def load(seed: int):
    images, labels = load_digits(return_X_y=True)
    split = train_test_split(images, labels, test_size=0.25, random_state=seed, stratify=labels)
    train_images, test_images, train_labels, test_labels = split
    scaler = StandardScaler().fit(train_images)
    return scaler.transform(train_images), scaler.transform(test_images), train_labels, test_labels


def confusion_svg(matrix) -> str:
    cell, most = 28, matrix.max()
    squares = []
    for row, counts in enumerate(matrix):
        for column, count in enumerate(counts):
            x, y, shade = 40 + column * cell, 40 + row * cell, count / most
            squares.append(
                f'<rect x="{x}" y="{y}" width="{cell - 1}" height="{cell - 1}" '
                f'fill="rgb({int(245 - 200 * shade)},{int(247 - 130 * shade)},250)"/>'
                f'<text x="{x + cell / 2}" y="{y + 18}" text-anchor="middle">{count}</text>'
            )
    marks = "".join(
        f'<text x="{40 + n * cell + cell / 2}" y="32" text-anchor="middle">{n}</text>'
        f'<text x="28" y="{40 + n * cell + 18}" text-anchor="middle">{n}</text>'
        for n in CLASSES
    )
    size = 60 + 10 * cell
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'font-family="sans-serif" font-size="11">{marks}{"".join(squares)}'
        f'<text x="{size / 2}" y="14" text-anchor="middle">predicted (across), true (down)</text></svg>'
    )


def main() -> None:
    options = parse_arguments()
    train_images, test_images, train_labels, test_labels = load(options.seed)
    model = SGDClassifier(
        loss="log_loss",
        alpha=options.alpha,
        penalty=options.penalty,
        learning_rate="constant",
        eta0=options.eta,
        random_state=options.seed,
    )
    with mlflow.start_run():
        mlflow.log_params(vars(options))
        for epoch in range(options.epochs):
            model.partial_fit(train_images, train_labels, classes=CLASSES)
            scores = {
                "train_loss": log_loss(train_labels, model.predict_proba(train_images)),
                "val_loss": log_loss(test_labels, model.predict_proba(test_images)),
                "train_accuracy": model.score(train_images, train_labels),
                "val_accuracy": model.score(test_images, test_labels),
            }
            mlflow.log_metrics(scores, step=epoch)
            print(
                f"epoch {epoch + 1:3d}/{options.epochs}  "
                f"loss {scores['val_loss']:.4f}  accuracy {scores['val_accuracy']:.4f}",
                flush=True,
            )
        predicted = model.predict(test_images)
        mlflow.log_metric("val_f1", f1_score(test_labels, predicted, average="macro"))
        with tempfile.TemporaryDirectory() as folder:
            matrix = confusion_matrix(test_labels, predicted)
            Path(folder, "confusion.svg").write_text(confusion_svg(matrix))
            Path(folder, "confusion.csv").write_text(
                "true,predicted,count\n"
                + "".join(f"{t},{p},{matrix[t][p]}\n" for t in CLASSES for p in CLASSES)
            )
            Path(folder, "report.json").write_text(
                json.dumps({"options": vars(options), "final": scores}, indent=2)
            )
            mlflow.log_artifacts(folder, "evaluation")


if __name__ == "__main__":
    main()
