import type { FirmwareKit } from '../kit.ts';
import type { CountedMicroPython } from './bytecode/load-micropython.ts';
import type { GuestFileSet } from './guest-files.ts';
import { SHIM_FOLDER } from './traceback.ts';

/** Puts the kit's Python and the run's files where the script finds them, and makes the interpreter the board's. */
export function installFiles({ mp }: CountedMicroPython, request: GuestFileSet, kit: FirmwareKit): void {
  mp.FS.mkdir(SHIM_FOLDER);
  for (const [path, text] of Object.entries(request.shims))
    mp.FS.writeFile(`${SHIM_FOLDER}/${path.slice(path.lastIndexOf('/') + 1)}`, text);
  for (const [path, bytes] of Object.entries(request.files ?? {})) {
    makeFolders(mp, path);
    mp.FS.writeFile(path, bytes);
  }
  for (const device of ['random', 'urandom']) mp.FS.unlink(`/dev/${device}`);
  const { home = '/', card } = kit;
  makeFolders(mp, `${home}/`);
  const hasCard =
    card !== undefined && Object.keys(request.files ?? {}).some((path) => path.startsWith(`${card}/`));
  mp.FS.chdir(hasCard ? card : home);
  mp.runPython(prelude(kit));
}

function makeFolders({ FS }: CountedMicroPython['mp'], path: string): void {
  const parts = path.split('/').slice(1, -1);
  parts.forEach((_, index) => {
    const folder = `/${parts.slice(0, index + 1).join('/')}`;
    if (!FS.analyzePath(folder).exists) FS.mkdir(folder);
  });
}

// Two calls of nothing side by side come first: the gap between them is what the shims cost (ScriptClock). A direct call
// that has its shim run says what of that comes before the board is called.
function prelude({ aliases, absent = [], shims }: FirmwareKit): string {
  const own = shims.map((path) => path.slice(path.lastIndexOf('/') + 1, -'.py'.length));
  return `
import sys
sys.path[:] = ['${SHIM_FOLDER}', '', '.frozen']
from _vhw import measured, nothing
nothing()
nothing()
measured()
import _boot
_boot.install(${JSON.stringify(aliases)}, ${JSON.stringify(absent.filter((name) => !own.includes(name)))}, ${JSON.stringify(own)})
_run = _boot.run
del measured, nothing, _boot, sys
`;
}
