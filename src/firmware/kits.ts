import type { Board } from '../boards/board/board.ts';
import { loadScripts } from '../boards/runtimes/load-scripts.ts';
import { SpecError } from '../errors.ts';
import type { FirmwareKit } from './kit.ts';
import { MAIXPY } from './maixpy/index.ts';
import { OPENMV, OPENMV_ML } from './openmv/index.ts';

loadScripts();

const KITS: readonly FirmwareKit[] = [MAIXPY, OPENMV, OPENMV_ML];

/**
 * What a board's firmware offers to scripts. Throws a SpecError where the board runs no scripts or asks for modules that
 * nobody wrote.
 */
export function kitOf(board: Board): FirmwareKit {
  const id = board.runtime.script?.modules;
  if (id === undefined) {
    throw new SpecError(`board "${board.id}" has no runtime.script, so it runs no scripts`);
  }
  const kit = KITS.find((one) => one.id === id);
  if (kit) return kit;
  const known = KITS.map((one) => one.id).join(', ');
  throw new SpecError(`board "${board.id}": runtime.script.modules: no modules "${id}"; known: ${known}`);
}
