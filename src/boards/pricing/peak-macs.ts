import type { Board } from '../board/board.ts';

/**
 * Most multiply-accumulates that a core retires in a cycle of its clock, by the first words of a unit's `core` and by element type.
 * What is not named has no published figure: its utilisation is not told.
 */
const CORES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Arm DDI 0337: MLA takes two cycles.
  'Cortex-M3': { int8: 0.5 },
  // Arm DDI 0439: SMLAD, two 16-bit products, takes one cycle; VFMA.F32 three.
  'Cortex-M4': { int8: 2, float32: 1 / 3 },
  // Arm 100230: SMLAD, two 16-bit products, takes one cycle.
  'Cortex-M33': { int8: 2 },
  // Arm DDI 0489: one SMLAD (two 16-bit products) or one VFMA.F32 is issued a cycle.
  'Cortex-M7': { int8: 2, float32: 1 },
  // Arm 101051: Helium in two beats a cycle, four 8-bit products or one 32-bit product a beat.
  'Cortex-M55': { int8: 8, float32: 2 },
  // The pipelined FPU of the Rocket core takes one FMADD a cycle.
  RV64GC: { float32: 1 },
  // Espressif, ESP32-S3 technical reference manual, PIE: EE.VMULAS.S8 multiplies 16 pairs of bytes.
  'Xtensa LX7': { int8: 16 },
};

/** 64 windows of 9 multipliers (docs/hardware/k210.md#chip). */
const KPU_MACS_PER_CYCLE = 576;

/** Multiply-accumulates per cycle of the unit's clock at most; undefined where nothing is published. */
export function peakMacsPerCycle({ units }: Board, unitId: string, dtype: string): number | undefined {
  const unit = units.find(({ id }) => id === unitId);
  if (unit?.kind === 'kpu') return KPU_MACS_PER_CYCLE;
  if (unit?.kind !== 'core') return undefined;
  const [name = ''] = /^(Xtensa )?[\w+-]+/.exec(unit.core) ?? [];
  return CORES[name]?.[dtype];
}
