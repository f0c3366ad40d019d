import type { Board } from './board.ts';

/** Roles of memories that a toolchain puts things into. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  tflm: ['weights', 'activations'],
  ncc: ['activations', 'weights', 'maps', 'model'],
};

/** Constants of a KPU, as `simulate/kpu.ts` takes them. */
const KPU_CONSTANTS = [
  ...['rowGapKpuCycles', 'submitCoreCycles', 'interruptCoreCycles'],
  ...['parameterBytesPerCoreCycle', 'parameterMemoryBytes'],
];

function missingMemories({ runtime, memories }: Board): string[] {
  const known = memories.map(({ id }) => id).join(', ');
  return (ROLES[runtime.toolchain] ?? []).flatMap((role) => {
    const memory = runtime.placement[role];
    if (memory === undefined)
      return [
        `runtime.placement lacks "${role}", a memory that the toolchain ${runtime.toolchain} needs; allowed: ${known}`,
      ];
    return memories.some(({ id }) => id === memory)
      ? []
      : [`runtime.placement.${role}: no memory "${memory}"; known: ${known}`];
  });
}

/**
 * What the toolchain of a board needs and the board does not name or have, a sentence each; empty for a whole board, and for
 * a toolchain that is not known, which deploying refuses.
 */
export function missingParts(board: Board): string[] {
  const constants = board.units.flatMap(({ kind, constants }, at) =>
    KPU_CONSTANTS.filter((name) => kind === 'kpu' && constants[name] === undefined).map(
      (name) => `units[${at}].constants lacks "${name}", which a unit of kind "kpu" needs`,
    ),
  );
  return [...missingMemories(board), ...constants];
}
