import { PROGRAM_KERNELS, programUnitOf } from '../boards/accelerators/program-kernels.ts';
import type { Board, CostRow, CountCondition } from '../boards/board/board.ts';
import { findCostRow } from '../boards/pricing/cost-rows.ts';
import { countsOf } from '../boards/pricing/cost.ts';
import { peakMacsPerCycle } from '../boards/pricing/peak-macs.ts';
import type { Program, Step } from '../deploy/program.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import type { StepCost, StepFacts, Traffic } from './prediction.ts';
import { clockHzOf } from './schedule.ts';

/** The steps of a prediction with what each works on and with; an option of `predict`. */
export function withFacts(
  steps: readonly StepCost[],
  program: Program,
  model: Model,
  board: Board,
): StepCost[] {
  const last = new Map<Step['work'], Described>();
  return steps.map((cost, index) => {
    const step = program.steps[index];
    const known = last.get(step.work);
    const facts = known && isDescribedAlike(known, cost, step) ? known.facts : describe(cost, step, board);
    if (facts !== known?.facts) last.set(step.work, { cost, step, facts });
    return withFactsOf(cost, ofResult(step, model, facts));
  });
}

/** Field by field: a spread and a further field make an object of four times the bytes, and there are 100,000. */
function withFactsOf(cost: StepCost, facts: StepFacts): StepCost {
  const { index, node, op, unit, startMs, durationMs, macs, loadBytes, storeBytes } = cost;
  const { boundBy, reason, rule, parts } = cost;
  return {
    index,
    node,
    op,
    unit,
    startMs,
    durationMs,
    macs,
    loadBytes,
    storeBytes,
    boundBy,
    reason,
    rule,
    parts,
    facts,
  };
}

type CommonFacts = Omit<StepFacts, 'layer' | 'outputShape'>;

/** The last step of a work: a network of 100,000 layers repeats itself, and so do what its steps work with. */
interface Described {
  readonly cost: StepCost;
  readonly step: Step;
  readonly facts: CommonFacts;
}

function isDescribedAlike({ cost: before, step: known }: Described, cost: StepCost, step: Step): boolean {
  const isSameStep = known.unit === step.unit && known.op === step.op && known.dtype === step.dtype;
  const isSamePlace = known.kernels === step.kernels && known.memories === step.memories;
  return isSameStep && isSamePlace && before.durationMs === cost.durationMs;
}

function describe(cost: StepCost, step: Step, board: Board): CommonFacts {
  const path = pathOf(step, board);
  const utilization = macUtilization(cost, step, board);
  return {
    kernels: step.kernels,
    dtype: step.dtype,
    memories: step.memories,
    weightBytes: step.work.weightBytes,
    ...(path !== undefined && { path }),
    ...offloadFacts(step, board),
    ...(utilization !== undefined && { macUtilizationPercent: utilization }),
    traffic: trafficOf(cost, step, board),
  };
}

/** What accelerator and core take of a step that the one runs in programs of the other. */
function offloadFacts({ offload }: Step, board: Board): Pick<StepFacts, 'offload'> {
  const unit = programUnitOf(board);
  if (unit === undefined || offload === undefined) return {};
  const { programs, acceleratorCycles, coreCycles } = PROGRAM_KERNELS.cyclesOf!(unit, offload);
  return { offload: { kernel: offload.kernel, programs, acceleratorCycles, coreCycles } };
}

/** A step that takes so many times as long, with its rates. */
export function scaleStep(step: StepCost, scale: number): StepCost {
  const { startMs, durationMs, facts } = step;
  const scaled = { ...step, startMs: startMs * scale, durationMs: durationMs * scale };
  if (!facts) return scaled;
  const { macUtilizationPercent: percent, traffic } = facts;
  const rates = traffic.map((one) => ({ ...one, bytesPerSecond: one.bytesPerSecond / scale }));
  const share = percent === undefined ? {} : { macUtilizationPercent: percent / scale };
  return { ...scaled, facts: { ...facts, ...share, traffic: rates } };
}

const MS_PER_SECOND = 1e3;

/** In percent of the unit's peak; undefined for a step without MACs, or where no peak is published. */
function macUtilization(
  { durationMs, macs }: StepCost,
  { unit, dtype }: Step,
  board: Board,
): number | undefined {
  const peak = macs > 0 && durationMs > 0 ? peakMacsPerCycle(board, unit, dtype) : undefined;
  const clock = board.units.find(({ id }) => id === unit)?.clock;
  if (peak === undefined || clock === undefined) return undefined;
  const cycles = (durationMs / MS_PER_SECOND) * clockHzOf(board, clock);
  return (100 * macs) / (cycles * peak);
}

function trafficOf({ durationMs }: StepCost, { memories, work }: Step, board: Board): Traffic[] {
  const amounts = [
    { memory: memories.input, bytes: work.loadBytes },
    { memory: memories.weights, bytes: work.weightBytes },
    { memory: memories.output, bytes: work.storeBytes },
  ];
  const sums = new Map<string, number>();
  for (const { memory, bytes } of amounts) {
    if (memory !== undefined && bytes > 0) sums.set(memory, (sums.get(memory) ?? 0) + bytes);
  }
  return [...sums].map(([memory, bytes]) => {
    const peak = peakRate(memory, board);
    const bytesPerSecond = durationMs > 0 ? (MS_PER_SECOND * bytes) / durationMs : 0;
    return { memory, bytes, bytesPerSecond, ...(peak !== undefined && { peakBytesPerSecond: peak }) };
  });
}

/** Bytes of a line over the time that filling it takes. */
function peakRate(id: string, board: Board): number | undefined {
  const memory = board.memories.find((one) => one.id === id);
  const core = board.units.find((unit) => unit.kind === 'core');
  if (!memory?.lineFillCycles || core?.kind !== 'core' || !core.dataCache) return undefined;
  const hz = memory.lineFillAtHz ?? clockHzOf(board, core.clock);
  return (core.dataCache.lineBytes * hz) / memory.lineFillCycles.value;
}

/** The facts with name and shape of what the operator of a step makes. */
function ofResult({ node }: Step, model: Model, facts: CommonFacts): StepFacts {
  if (node === null || isKmodel(model)) return facts;
  const tensor = model.tensors[model.nodes[node]?.outputs[0]];
  return tensor ? { layer: tensor.name, outputShape: tensor.shape, ...facts } : facts;
}

/** The path that a kernel takes for the step's geometry, in words; undefined where its library has only one. */
function pathOf({ unit: id, op, dtype, kernels, work }: Step, { units }: Board): string | undefined {
  const unit = units.find((candidate) => candidate.id === id);
  if (unit?.kind !== 'core') return undefined;
  const when = findCostRow(unit, op, dtype, kernels, countsOf(work))?.when;
  return when && describeWhen(when);
}

function describeWhen(when: NonNullable<CostRow['when']>): string {
  return Object.entries(when)
    .map(([count, condition]) => `${count} ${describeCondition(condition)}`)
    .join(', ');
}

function describeCondition(condition: CountCondition): string {
  if (typeof condition === 'number') return `${condition}`;
  const { min, max, multipleOf } = condition;
  return [
    ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ].join(' and ');
}
