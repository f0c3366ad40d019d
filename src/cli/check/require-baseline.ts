import { SpecError } from '../../errors.ts';
import type { Budget } from './budget-file.ts';

interface Asked {
  readonly budgets: string;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
}

/** Throws a SpecError where a budget limits growth and there is nothing that it could have grown from. */
export function requireBaseline(budgets: readonly Budget[], asked: Asked): void {
  if (asked.baseline !== undefined || asked.writeBaseline !== undefined) return;
  const at = budgets.findIndex(({ limits }) => limits.latencyGrowthPercent !== undefined);
  if (at < 0) return;
  throw new SpecError(
    `${asked.budgets}: budgets[${at}]: latencyGrowthPercent needs --baseline; write one with --write-baseline`,
  );
}
