/** What scripts/build-lab.mjs puts into the worker of virtual boards: files of the package and of its examples. */
declare module 'virtual:firmware-files' {
  /** The package's Python files by their paths below src/firmware/. */
  export const PYTHON_TEXTS: Readonly<Record<string, string>>;
  /** Scripts of examples/firmware/ by their names. */
  export const EXAMPLE_SCRIPTS: Readonly<Record<string, string>>;
  /** Files that those need, in base64, by the paths that they name them with. */
  export const EXAMPLE_FILES: Readonly<Record<string, string>>;
  /** MicroPython's module in base64. */
  export const MICROPYTHON_WASM: string;
}
