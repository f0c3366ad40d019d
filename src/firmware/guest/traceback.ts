/** Where the shims lie in the guest; not a folder that its `os` shows. */
export const SHIM_FOLDER = '/.board';

/**
 * A traceback of MicroPython without the frames of the shims: what the board would print, where those functions are C.
 */
export function cleanTraceback(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('  File "<stdin>"') && !line.startsWith(`  File "${SHIM_FOLDER}/`))
    .join('\n')
    .trimEnd();
}
