import { MissingCostError } from '../errors.ts';
import type { Board, DmaUnit } from '../boards/board/board.ts';
import type { PricedPart } from '../boards/pricing/cost.ts';
import type { Step } from '../deploy/program.ts';

export interface DmaPrice {
  readonly parts: readonly PricedPart[];
  readonly totalCoreCycles: number;
}

/**
 * Cycles of the DMA's clock that a copy takes: bytes x the unit's constant `<op>CyclesPerByte`.
 * Throws MissingCostError where the unit has no such constant.
 */
export function priceDmaStep(unit: DmaUnit, step: Step, board: Board): DmaPrice {
  const name = `${step.op}CyclesPerByte`;
  const constant = unit.constants[name];
  if (!constant) {
    throw new MissingCostError(
      step.op,
      step.node ?? -1,
      unit.id,
      board.id,
      `give the unit the constant "${name}"`,
    );
  }
  const coreCycles = step.work.loadBytes * constant.value;
  return { parts: [{ name: 'dma copy', coreCycles }], totalCoreCycles: coreCycles };
}
