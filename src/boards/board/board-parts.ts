import type { Constant, CostRow, PriorGroup, Runtime, ScriptRuntime } from './board.ts';

/*
 * What a board is put together from. Parts name each other and are named by id; their constants and rows become those
 * of the board's core unit, see `resolve-board.ts`.
 */

/** What the cost rows of a part are priced with; uncertain ones (`constant.ts`) are fitted to a board's measurements. */
export type PartConstants = Readonly<Record<string, Constant>>;

/** A kind of processor core: how it issues instructions. */
export interface Core {
  readonly id: string;
  readonly pipeline: string;
  readonly constants: PartConstants;
}

/** Kernels as one compiler built them for one kind of core, and what their layers cost there. */
export interface KernelLibrary {
  /** Unique beside its core: "cmsis-nn-O3". */
  readonly id: string;
  readonly core: string;
  readonly name: string;
  readonly version: string;
  /** Compiler and the flag that decides most: "GCC 12.2 -O3". */
  readonly build: string;
  /** Width of the floating-point unit that it was compiled for; absent where none of its kernels depends on it. */
  readonly fpu?: 'none' | 'single' | 'double';
  readonly constants?: PartConstants;
  readonly groups?: readonly PriorGroup[];
  readonly costs: readonly CostRow[];
}

/** Firmware around the kernels: what one call costs beside its layers, and what scripts cost. */
export interface CallRuntime {
  readonly id: string;
  /** Any where absent. */
  readonly core?: string;
  readonly toolchain: string;
  readonly firmware: string;
  readonly call?: Runtime['call'];
  /** Ids of the only kernel libraries that it can call; any of the board's where absent. */
  readonly libraries?: readonly string[];
  readonly constants: PartConstants;
  readonly costs: readonly CostRow[];
  readonly script?: ScriptRuntime | undefined;
}

/** Parts that boards may name. */
export interface BoardParts {
  readonly cores: readonly Core[];
  readonly libraries: readonly KernelLibrary[];
  readonly runtimes: readonly CallRuntime[];
}
