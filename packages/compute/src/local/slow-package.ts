import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** A source package on disk whose build the tests can see and hold up. */
export interface SlowPackage {
  /** A lock that names it, for the Python of this machine. */
  readonly lock: string;
  /** Process ids of the builds so far, one for each. */
  builds(): Promise<number[]>;
  hold(): Promise<void>;
  release(): Promise<void>;
}

const project = `[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
`;

// A build backend (PEP 517) without requirements, so that nothing has to be fetched.
const backendOf = (folder: string) => `import os, time, zipfile
FOLDER = ${JSON.stringify(folder)}
INFO = "slowpkg-1.0.dist-info/"
FILES = {
    "slowpkg.py": "answer = 42\\n",
    INFO + "METADATA": "Metadata-Version: 2.1\\nName: slowpkg\\nVersion: 1.0\\n",
    INFO + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    with open(os.path.join(FOLDER, "builds"), "a") as log:
        log.write("%d\\n" % os.getpid())
    while os.path.exists(os.path.join(FOLDER, "hold")):
        time.sleep(0.05)
    name = "slowpkg-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        for path, text in FILES.items():
            wheel.writestr(path, text)
        wheel.writestr(INFO + "RECORD", "".join(path + ",,\\n" for path in FILES) + INFO + "RECORD,,\\n")
    return name
`;

/** Makes the package in a folder of its own. */
export async function createSlowPackage(
  folder: string,
  pythonVersion: string,
): Promise<SlowPackage> {
  const source = join(folder, "slowpkg-1.0");
  await mkdir(source, { recursive: true });
  await writeFile(join(source, "pyproject.toml"), project);
  await writeFile(join(source, "backend.py"), backendOf(folder));
  const metadata = "Metadata-Version: 2.1\nName: slowpkg\nVersion: 1.0\n";
  await writeFile(join(source, "PKG-INFO"), metadata);
  await promisify(execFile)("tar", ["czf", "slowpkg-1.0.tar.gz", "slowpkg-1.0"], { cwd: folder });
  await rm(source, { recursive: true });
  return {
    lock: `# python ${pythonVersion}\n--find-links ${folder}\nslowpkg==1.0\n`,
    async builds() {
      const text = await readFile(join(folder, "builds"), "utf8").catch(() => "");
      return text.split("\n").filter(Boolean).map(Number);
    },
    hold: () => writeFile(join(folder, "hold"), ""),
    release: () => rm(join(folder, "hold"), { force: true }),
  };
}
