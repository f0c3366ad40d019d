import type { Offload } from '../boards/accelerators/offload.ts';
import type { DType } from '../models/graph/graph.ts';
import type { Work } from '../kernels/definition/op.ts';

/** Why a step runs where it runs: the rule's id and the sentence that the user reads. */
export interface Reason {
  readonly rule: string;
  readonly reason: string;
}

/** One fused layer (conv, batch norm, activation, pooling) as the KPU runs it; maps are h x w x c. */
export interface KpuLayer {
  readonly inH: number;
  readonly inW: number;
  readonly inC: number;
  readonly outH: number;
  readonly outW: number;
  readonly outC: number;
  readonly kernel: 1 | 3;
  readonly depthwise: boolean;
  /** Pool type of the layer word, 0 = none (docs/hardware/k210.md#pooling). */
  readonly poolType: number;
  readonly weightBits: 8 | 16;
}

/** What one unit does at one place in the call. */
export interface Step {
  /** Index of the graph's node, or null for work of the runtime (call, copies, conversions). */
  readonly node: number | null;
  /** Name that the toolchain gives to the work: "CONV_2D", "K210Conv", "interpreter", ... */
  readonly op: string;
  /** Id of the board's unit. */
  readonly unit: string;
  readonly dtype: DType | 'any';
  /** Kernel library whose cost row prices the step. */
  readonly kernels: string;
  readonly work: Work;
  /** Memory id of each operand that streams through a cache. */
  readonly memories: Readonly<Partial<Record<'input' | 'weights' | 'output', string>>>;
  readonly placement: Reason;
  readonly kpu?: KpuLayer;
  readonly offload?: Offload;
}

export interface MemoryPart {
  readonly name: string;
  readonly memory: string;
  readonly bytes: number;
}

/** A tensor or a kernel's scratch buffer with its place in a memory, from its first step to its last (both included). */
export interface MemoryBlock {
  readonly name: string;
  readonly kind: 'tensor' | 'scratch';
  /** Id of the board's memory. */
  readonly memory: string;
  /** What it holds; what the plan gives it is `plannedBytes`, aligned. */
  readonly bytes: number;
  readonly plannedBytes: number;
  readonly offset: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/** Which bytes hold what at which step. */
export interface MemoryTimeline {
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  readonly blocks: readonly MemoryBlock[];
  /** Bytes that the plan of the activations takes in main memory. */
  readonly arenaBytes: number;
  /** Sentences on what the plan leaves out. */
  readonly notes: readonly string[];
}

export interface MemoryPlan {
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly parts: readonly MemoryPart[];
}

/** Why the real converter refuses the whole model: the operator, its words, and what to do. */
export interface ToolchainRefusal {
  readonly node: number;
  readonly op: string;
  readonly text: string;
  readonly instead: string;
  /**
   * What is worked out in its place, by name: a setting such as "ncc.cpuConv=nncase-0.2", or "float32" for the same network
   * given to the converter in float32.
   */
  readonly counterfactual?: string;
}

/** What a toolchain would put on the board for one inference. */
export interface Program {
  readonly toolchain: string;
  readonly model: string;
  readonly dtype: DType;
  readonly steps: readonly Step[];
  readonly memory: MemoryPlan;
  /** Sentences on what the real tool would have refused or done otherwise. */
  readonly warnings: readonly string[];
  /** The program is then the refusal's counterfactual. */
  readonly toolchainRefuses?: ToolchainRefusal;
  /** Why the board's runtime does not run the program, which then takes no time. */
  readonly runtimeRefuses?: string;
  /** Setting by which a program is one that the board's own converter or runtime would not have made or run. */
  readonly counterfactual?: string;
}
