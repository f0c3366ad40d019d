/**
 * A traceback of MicroPython without the frames of the shims: what the board would print, where those functions are C.
 */
export function cleanTraceback(text: string, shimFolder: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('  File "<stdin>"') && !line.startsWith(`  File "${shimFolder}/`))
    .join('\n')
    .trimEnd();
}
