import type { ToolchainRefusal } from '../../deploy/program.ts';
import type { Prediction, StepCost, StepFacts } from '../../simulate/prediction.ts';
import { formatCount, formatMs, formatPercent } from '../format.ts';

export interface ExplainedStep {
  readonly index: number;
  readonly op: string;
  readonly unit: string;
  readonly durationMs: number;
  readonly sharePercent: number;
  readonly boundBy: string;
  readonly rule: string;
  readonly reason: string;
  readonly parts: StepCost['parts'];
  readonly facts?: StepFacts;
  readonly sentence: string;
}

/** Where the time of one inference goes, step by step, with a sentence for each. */
export interface Explanation {
  readonly model: string;
  readonly board: string;
  readonly latencyMs: Prediction['latencyMs'];
  readonly reportedMs: Prediction['reportedMs'];
  readonly steps: readonly ExplainedStep[];
  readonly sentence: string;
  readonly toolchainRefuses?: ToolchainRefusal;
}

/** A rule's text as the end of a sentence. */
export function asClause(reason: string): string {
  return reason.replace(/\.$/, '');
}

function explainParts({ parts }: StepCost): string {
  const total = parts.reduce((sum, part) => sum + part.coreCycles, 0);
  const large = parts.filter((part) => part.coreCycles > 0 && part.coreCycles >= 0.05 * total);
  if (large.length < 2) return '';
  const shares = [...large]
    .sort((a, b) => b.coreCycles - a.coreCycles)
    .map((part) => `${part.name} ${formatPercent((100 * part.coreCycles) / total)}`);
  return ` (${shares.join(', ')})`;
}

/** Work of an accelerator and of its core, apart: they overlap, so that both are told whole. */
function explainOffload({ unit, facts }: StepCost): string {
  if (facts?.offload === undefined) return '';
  const { acceleratorCycles, coreCycles } = facts.offload;
  return `; ${formatCount(Math.round(acceleratorCycles))} cycles of ${unit}, ${formatCount(Math.round(coreCycles))} of the core`;
}

function explainStep(step: StepCost, totalMs: number): ExplainedStep {
  const { index, op, unit, durationMs, boundBy, rule, reason, parts, facts } = step;
  const sharePercent = totalMs > 0 ? (100 * durationMs) / totalMs : 0;
  const cost = `${op} takes ${formatMs(durationMs)}, ${formatPercent(sharePercent)} of the call, on ${unit}`;
  const sentence = `${cost}, bound by ${boundBy}${explainParts(step)}: ${asClause(reason)}${explainOffload(step)}.`;
  return {
    ...{ index, op, unit, durationMs, sharePercent, boundBy, rule, reason, parts },
    ...(facts && { facts }),
    sentence,
  };
}

function summarize(steps: readonly ExplainedStep[], { model, board, latencyMs }: Prediction): string {
  const [first, second] = [...steps].sort((a, b) => b.durationMs - a.durationMs);
  const name = ({ op, sharePercent }: ExplainedStep) => `${op} with ${formatPercent(sharePercent)}`;
  const largest = [first, second].filter((step) => step !== undefined).map(name);
  const start = `${model} takes ${formatMs(latencyMs.value)} on ${board}`;
  return largest.length === 0 ? `${start}.` : `${start}; most of it goes to ${largest.join(' and ')}.`;
}

/** Cost, share, bound and one sentence for each step of a prediction. */
export function explainPrediction(prediction: Prediction): Explanation {
  const { model, board, latencyMs, reportedMs, toolchainRefuses } = prediction;
  const totalMs = prediction.steps.reduce((sum, step) => sum + step.durationMs, 0);
  const steps = prediction.steps.map((step) => explainStep(step, totalMs));
  const sentence = summarize(steps, prediction);
  return {
    ...{ model, board, latencyMs, reportedMs, steps, sentence },
    ...(toolchainRefuses && { toolchainRefuses }),
  };
}
