import type { Board } from '../boards/board/board.ts';
import { SpecError } from '../errors.ts';
import { MAIXPY_IMAGES, OPENMV_IMAGES } from './vision/index.ts';
import type { FirmwareKit } from './kit.ts';
import { MAIXPY } from './maixpy/index.ts';
import { OPENMV } from './openmv/index.ts';

/** Python files that every board gets first. */
const COMMON_SHIMS = ['_vhw', '_files', '_boot'].map((name) => `guest/shims/${name}.py`);

// The images come first, so that a board's own modules find them.
const KITS: readonly FirmwareKit[] = [MAIXPY_IMAGES, MAIXPY, OPENMV_IMAGES, OPENMV];

/**
 * What a board's firmware offers to scripts, all kits of its name in one. Throws a SpecError where the board runs no
 * scripts or asks for modules that nobody wrote.
 */
export function kitOf(board: Board): FirmwareKit {
  const id = board.runtime.script?.modules;
  if (id === undefined) {
    throw new SpecError(`board "${board.id}" has no runtime.script, so it runs no scripts`);
  }
  const kits = KITS.filter((kit) => kit.id === id);
  if (kits.length === 0) {
    const known = [...new Set(KITS.map((kit) => kit.id))].join(', ');
    throw new SpecError(`board "${board.id}": runtime.script.modules: no modules "${id}"; known: ${known}`);
  }
  const paperLoop = kits.find((kit) => kit.paperLoop !== undefined)?.paperLoop;
  return {
    id,
    shims: [...COMMON_SHIMS, ...kits.flatMap(({ shims }) => shims)],
    ...(paperLoop !== undefined && { paperLoop }),
    absent: kits.flatMap(({ absent = [] }) => absent),
    readsFlash: kits.some(({ readsFlash }) => readsFlash),
    home: kits.find(({ home }) => home !== undefined)?.home ?? '/',
    aliases: Object.assign({}, ...kits.map(({ aliases }) => aliases)) as Record<string, string>,
    modules: (hardware) => kits.flatMap(({ modules }) => modules(hardware)),
  };
}
