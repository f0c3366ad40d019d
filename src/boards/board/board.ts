import type { DType } from '../../models/graph/graph.ts';
import type { FramePath } from './frame-path.ts';
import type { Constant, Grade } from './graded.ts';

export type { Constant, Grade } from './graded.ts';

export interface Clock {
  readonly id: string;
  readonly hz: Constant;
}

export interface Memory {
  readonly id: string;
  readonly kind: 'ram' | 'flash';
  /** Bytes that a model or its arena may take; what firmware keeps for itself is already taken off. */
  readonly availableBytes: Constant;
  /** Core cycles to fill one line of the data cache from here; absent for memories that no core reads by line. */
  readonly lineFillCycles?: Constant;
  /** Hz of the core that `lineFillCycles` is told at, of a memory whose time does not follow the core's clock. */
  readonly lineFillAtHz?: number;
  /** ns that a load or store waits where no cache lies between; as a line fill where absent, none where both are. */
  readonly accessNs?: Constant;
}

/** What fetching instructions costs a core beyond its cycles per instruction: misses, and the time of each. */
export interface CodeFetch {
  readonly missesPerInstruction: Constant;
  readonly missNs: Constant;
}

/** How far predictions of a board may be off that nobody measured enough to fit. */
export interface BoardDoubt {
  /** The latency lies within value / factor and value x factor nine times in ten. */
  readonly factor: number;
  readonly grade: 'measured' | 'estimate';
  readonly source: string;
}

export interface Cache {
  readonly bytes: number;
  readonly ways: number;
  readonly lineBytes: number;
  readonly replacement: 'random' | 'lru';
  /** False where a store that misses leaves its line fill to buffers and the core goes on; true where absent. */
  readonly writeMissesStall?: boolean;
  readonly source: string;
}

/** Sum of coefficient x product of counts: `{ 'pixels*outChannels': 2.5, '1': 958 }`. */
export type Terms = Readonly<Record<string, number>>;

/** One operand that a kernel walks: how many bytes it touches a pass and how often it comes back to them. */
export interface Stream {
  readonly operand: 'input' | 'weights' | 'output';
  readonly access: 'read' | 'write';
  /** Bytes touched in one pass, as terms over the work's counts. */
  readonly bytes: Terms;
  /** Passes over those bytes, as terms; 1 for a stream. */
  readonly passes: Terms;
  /**
   * Rounds that the kernel's run is cut into by two visits of the same bytes; `passes` where absent. A convolution
   * visits an input row in `rowVisits` of its `outRows` rounds.
   */
  readonly rounds?: Terms;
  /** Loads or stores of the core, whatever a cache saves of them; bytes x passes over the element's size where absent. */
  readonly accesses?: Terms;
}

/** What a count must be: equal to a number, or within bounds (inclusive), or a multiple. */
export type CountCondition =
  number | { readonly min?: number; readonly max?: number; readonly multipleOf?: number };

/** What one kind of work costs on a core. Cycles = instructions x CPI + coreCycles + line fills of the streams. */
export interface CostRow {
  readonly op: string;
  /** Element type of the kernel; 'any' where it makes no difference. */
  readonly dtype: DType | 'any';
  /** Kernel library, e.g. "openmv-libtf-2020-11", "tflm-reference", "cmsis-nn", "kendryte-sdk"; a list where several share the row. */
  readonly kernels: string | readonly string[];
  /** Geometry that the row is for, by count name; rows are tried in order and the first that matches is taken. */
  readonly when?: Readonly<Record<string, CountCondition>>;
  readonly instructions?: Terms;
  /** Cycles per instruction: names an entry of the unit's `constants`. Required where `instructions` is. */
  readonly cpi?: string;
  readonly coreCycles?: Terms;
  /** Like coreCycles, but each coefficient is an entry of the unit's `constants`: `{ bytes: 'copyOutCyclesPerByte' }`. */
  readonly constantCycles?: Readonly<Record<string, string>>;
  readonly streams?: readonly Stream[];
  /**
   * Instead of all terms: a Lua script, as one text or as lines, that returns a function of the work's counts, which
   * returns core cycles: `return function(work) return 2 * work.macs end`.
   */
  readonly cost?: { readonly lua: string | readonly string[] };
  readonly source: string;
  readonly grade: Grade;
}

export interface CoreUnit {
  readonly id: string;
  readonly kind: 'core';
  readonly core: string;
  readonly clock: string;
  readonly dataCache?: Cache;
  readonly codeFetch?: CodeFetch;
  readonly constants: Readonly<Record<string, Constant>>;
  readonly costs: readonly CostRow[];
}

/** The K210's neural network processor; see `simulate/kpu.ts` for what the constants do. */
export interface KpuUnit {
  readonly id: string;
  readonly kind: 'kpu';
  readonly clock: string;
  readonly constants: Readonly<Record<string, Constant>>;
}

export interface DmaUnit {
  readonly id: string;
  readonly kind: 'dma';
  readonly clock: string;
  readonly constants: Readonly<Record<string, Constant>>;
}

/** An accelerator that runs programs which the core writes for it, operator by operator; see `accelerators/offload-cycles.ts`. */
export interface ProgramUnit {
  readonly id: string;
  readonly kind: 'programs';
  readonly clock: string;
  /** Library of its kernels, which says what it takes: "sl-mvp". */
  readonly kernels: string;
  readonly constants: Readonly<Record<string, Constant>>;
}

export type Unit = CoreUnit | KpuUnit | DmaUnit | ProgramUnit;

/**
 * What scripts on the board cost. Native functions are priced by name, in core cycles a call or a unit of work
 * ("kpu.load", "kpu.load.byte"); waits, which no clock of the core shortens, in ms ("sensor.reset").
 */
export interface ScriptRuntime {
  /** Modules that the firmware offers to scripts, e.g. "maixpy"; see `firmware/kits.ts`. */
  readonly modules: string;
  /** Bytes of the garbage-collected heap. */
  readonly heapBytes: Constant;
  readonly bytecodeCycles: Constant;
  readonly calls: Readonly<Record<string, Constant>>;
  readonly waits: Readonly<Record<string, Constant>>;
  /** Camera and screen; absent where scripts have none. */
  readonly frames?: FramePath;
}

/** What the board's firmware does with a model: toolchain, kernel library, and where things lie. */
export interface Runtime {
  readonly toolchain: string;
  readonly firmware: string;
  /** What a call does: "classify" builds the interpreter anew and converts a picture, "invoke" runs the operators. */
  readonly call?: 'classify' | 'invoke';
  /** Kernel libraries that can be chosen, the default first. */
  readonly kernels: readonly string[];
  /** Memory ids by role: `weights`, `activations`, `image`, ... as the toolchain needs them. */
  readonly placement: Readonly<Record<string, string>>;
  /** What the published bench read on top of the pulse; absent where it read the pulse. */
  readonly readingOffsetMs?: Constant & { readonly doubt: string };
  /** Absent where the board runs no scripts. */
  readonly script?: ScriptRuntime;
  /** Choices that a user made, by key; see `settings/all-settings.ts`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How uncertain one constant was (prior) before the board's measurements were seen. */
export interface CalibratedParameter {
  /** Path of a Constant in the board, e.g. "units.core.constants.cpiFloat32". */
  readonly path: string;
  readonly priorMean: number;
  readonly priorSigma: number;
  readonly priorSource: string;
  /** Name of a PriorGroup whose common uncertainty the constant shares. */
  readonly group?: string;
}

/** Uncertainty that moves several constants together, relative to each one's mean: one compiler, one bus, one firmware. */
export interface PriorGroup {
  readonly name: string;
  readonly relativeSigma: number;
  readonly source: string;
}

/** How a board was set up when it was measured. */
export interface MeasuredSetup {
  readonly clocksHz: Readonly<Record<string, number>>;
  readonly dataCacheBytes?: number;
  /** Memory ids by role. */
  readonly placement: Readonly<Record<string, string>>;
  readonly kernels: string;
}

/** Result of fitting the board's uncertain constants to its measurements (see `calibrate/posterior.ts`). */
export interface Calibration {
  readonly measurements: string;
  readonly parameters: readonly CalibratedParameter[];
  readonly groups?: readonly PriorGroup[];
  /** Posterior covariance of the parameters, in their order. */
  readonly covariance: readonly (readonly number[])[];
  /** Root mean square of the leave-one-out residuals, in ms. */
  readonly residualMs: number;
  /** What the measurements covered; outside it a prediction is an extrapolation. */
  readonly domain: {
    readonly ops: readonly string[];
    readonly dtypes: readonly string[];
    /** Cost rows that the measurements constrain, as "kernels op dtype" of the program's steps. */
    readonly rows: readonly string[];
    readonly maxMacs: number;
    readonly kernelSizes: readonly number[];
    /** How the board was set up; with anything else a prediction is an extrapolation. */
    readonly setup?: MeasuredSetup;
  };
}

/** A board as plain data: survives structuredClone and JSON. */
export interface Board {
  readonly id: string;
  readonly name: string;
  readonly soc: string;
  readonly summary: string;
  readonly clocks: readonly Clock[];
  readonly memories: readonly Memory[];
  readonly units: readonly Unit[];
  readonly runtime: Runtime;
  /** Absent where the board's own measurements were fitted. */
  readonly doubt?: BoardDoubt;
  readonly calibration?: Calibration;
  /** The board before the choices of --set and other clocks, where it has no fit of its own: what published rows tell is of that one. */
  readonly asBuilt?: Board;
}
