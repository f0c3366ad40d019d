/**
 * Why there is no working directory, in one line, or undefined where there is one: a shell may stand in a folder that was
 * deleted, in which neither paths nor the reading of options work.
 */
export function missingFolder(cwd: () => string): string | undefined {
  try {
    cwd();
    return undefined;
  } catch {
    return 'inferscope: the working directory is gone or may not be read; cd to one that is there\n';
  }
}
