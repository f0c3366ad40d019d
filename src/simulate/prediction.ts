import type { PlacedLayer } from '../deploy/placed-layers.ts';
import type { MemoryPart, ToolchainRefusal } from '../deploy/program.ts';

/** A number with its doubt; the unit is in the name of the field that holds it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: 0.9;
  readonly domain: 'inside' | 'extrapolated';
  readonly why?: string;
}

/** A named part of a step's cost, in words: "instructions", "sdram line fills", "copy out", "parameter fetch". */
export interface CostPart {
  readonly name: string;
  readonly coreCycles: number;
}

/** A step of the program: which unit runs it, when, for how long, and why. */
export interface StepCost {
  readonly index: number;
  readonly node: number | null;
  readonly op: string;
  readonly unit: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly macs: number;
  readonly loadBytes: number;
  readonly storeBytes: number;
  /** Name of the largest part. */
  readonly boundBy: string;
  readonly reason: string;
  readonly rule: string;
  readonly parts: readonly CostPart[];
  readonly facts?: StepFacts;
}

/** What a step works on and with: names, shapes and places, none of which is a cost. */
export interface StepFacts {
  /** Name that the model gives to the operator's result; absent for work of the runtime and for layers of a kmodel. */
  readonly layer?: string;
  readonly outputShape?: readonly number[];
  /** Kernel library whose cost row prices the step. */
  readonly kernels: string;
  /** Element type of the kernel. */
  readonly dtype: string;
  /** Memory id of each operand that streams through a cache. */
  readonly memories: Readonly<Partial<Record<'input' | 'weights' | 'output', string>>>;
  /** Bytes of weights, biases and tables. */
  readonly weightBytes: number;
  /** Geometry that the cost row is for, where the library has several paths: "inChannels a multiple of 4". */
  readonly path?: string;
  /** Work of an accelerator and of the core that writes its programs, apart; absent where the core runs the operator. */
  readonly offload?: OffloadFacts;
  /** MACs a cycle, in percent of the most that the unit can retire; absent where no such peak is published. */
  readonly macUtilizationPercent?: number;
  /** Bytes that the operands take of each memory, once each, and the rate that this is over the step's time. */
  readonly traffic: readonly Traffic[];
}

/** Cycles as each unit counts them: accelerator and core work at the same time, so that they add up to more than the step's. */
export interface OffloadFacts {
  readonly kernel: string;
  readonly programs: number;
  readonly acceleratorCycles: number;
  readonly coreCycles: number;
}

/** Bytes of one memory that a step needs, once each. */
export interface Traffic {
  readonly memory: string;
  readonly bytes: number;
  readonly bytesPerSecond: number;
  /** One line after the other, as fast as the core fills them; absent where no cache lies between. */
  readonly peakBytesPerSecond?: number;
}

/** Whether a program fits a board's memories, and what takes how much of them. */
export interface MemoryFit {
  readonly fits: boolean;
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly parts: readonly (MemoryPart & { readonly availableBytes: number; readonly fits: boolean })[];
}

/** What one inference takes on a board: time with its interval, steps, placement, memory. */
export interface Prediction {
  readonly model: string;
  readonly board: string;
  readonly toolchain: string;
  readonly dtype: string;
  /** The pulse: from the call to its return. */
  readonly latencyMs: Interval;
  /** What the published bench would have read (the loop period on the Maixduino, the pulse elsewhere). */
  readonly reportedMs: Interval;
  readonly steps: readonly StepCost[];
  /** Where each operator of the model runs, in the model's order. */
  readonly placement: readonly PlacedLayer[];
  readonly memory: MemoryFit;
  readonly warnings: readonly string[];
  readonly traceHash: string;
  /** How much of it published rows tell, and the engine with its version that they are of; absent where none was asked. */
  readonly status?: 'fitted' | 'new-network' | 'new-board' | 'new-engine' | 'estimate';
  readonly engine?: string;
  /** Choices of firmware and converter that were made, by key; absent where none was. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Why the board's converter refuses the model; the time is then a later converter's. */
  readonly toolchainRefuses?: ToolchainRefusal;
}
