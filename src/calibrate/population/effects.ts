import type { Identity } from '../measurements/row-identity.ts';
import { OP_CLASSES, type ClassInstructions, type OpClass } from './op-classes.ts';

/** A run of one network: what it ran on and with, and its counted instructions by class. */
export interface Run {
  readonly identity: Identity;
  readonly network: string;
  readonly instructions: ClassInstructions;
  /** Logarithm of what the other compiler flag makes of each class, where it is open which one it was. */
  readonly flagLogs?: readonly number[];
}

/** Standard deviations of the effects on the logarithm of cycles an instruction, before any row is seen. */
export interface Spreads {
  readonly core: number;
  readonly coreClass: number;
  /** Of the classes in float32: with which precision a core's unit computes, or none. */
  readonly coreFloatClass: number;
  readonly family: number;
  readonly familyClass: number;
  readonly board: number;
  readonly boardClass: number;
  readonly engine: number;
  /** Of all convolutions, and of all that multiplies matrices. */
  readonly engineGroup: number;
  readonly engineClass: number;
  readonly coreEngine: number;
  readonly coreEngineGroup: number;
  readonly coreEngineClass: number;
  readonly version: number;
  readonly versionGroup: number;
  readonly versionClass: number;
  readonly boardEngine: number;
  readonly boardEngineClass: number;
  readonly boardVersion: number;
  readonly boardVersionClass: number;
  readonly variant: number;
  readonly variantClass: number;
  readonly engineNetwork: number;
  readonly flag: number;
  /** Of the classes `layer` and `call`, on engine and on board. */
  readonly overhead: number;
  readonly boardOverhead: number;
  /** Of one row, what no effect explains. */
  readonly row: number;
}

export const SPREADS: Spreads = {
  core: 0.8,
  coreClass: 0.013,
  coreFloatClass: 0.24,
  family: 0.018,
  familyClass: 0.018,
  board: 0.025,
  boardClass: 0.0065,
  engine: 1,
  engineGroup: 0.3,
  engineClass: 0.2,
  coreEngine: 0.11,
  coreEngineGroup: 0.05,
  coreEngineClass: 0.04,
  version: 1.2,
  versionGroup: 0.1,
  versionClass: 0.1,
  boardEngine: 0.012,
  boardEngineClass: 0.011,
  boardVersion: 0.018,
  boardVersionClass: 0.012,
  variant: 0.2,
  variantClass: 0.12,
  engineNetwork: 0.028,
  flag: 0.85,
  overhead: 0.7,
  boardOverhead: 0.7,
  row: 0.018,
};

/** A prior effect: its name, its spread, and the class that it is of or the weights of all; the same on all where absent. */
export interface Effect {
  readonly name: string;
  readonly spread: number;
  readonly of?: number;
  readonly weights?: readonly number[];
}

const OVERHEADS: ReadonlySet<OpClass> = new Set(['layer', 'call']);

/** Versions of an engine that a version stands on, itself among them, by the order of their numbers. */
export type VersionChain = (engine: string, version: string) => readonly string[];

/** Classes that an engine computes by the same inner loops. */
const GROUPS: Readonly<Record<string, readonly OpClass[]>> = {
  convolutions: ['firstConv', 'conv', 'pointwise'],
  matrices: ['firstConv', 'conv', 'pointwise', 'dense'],
};

const GROUP_WEIGHTS = Object.entries(GROUPS).map(([name, classes]) => ({
  name,
  weights: OP_CLASSES.map((opClass) => (classes.includes(opClass) ? 1 : 0)),
}));

/** What effects are of: their name, and their spreads on all classes and on one class alone. */
interface Level {
  readonly name: string;
  readonly all: number;
  readonly each: number;
  /** On the classes of a group together. */
  readonly group?: number;
  /** On the classes `layer` and `call`, where it is another. */
  readonly overhead?: number;
}

function levelsOf({ identity }: Run, s: Spreads, chain: VersionChain): Level[] {
  const { board, family, core, version, variant, dtype } = identity;
  const engine = `${identity.engine}/${dtype}`;
  const levels: Level[] = [
    { name: `core ${core}`, all: s.core, each: s.coreClass },
    { name: `family ${family}`, all: s.family, each: s.familyClass },
    { name: `board ${board}`, all: s.board, each: s.boardClass, overhead: s.boardOverhead },
    {
      name: `engine ${engine}`,
      all: s.engine,
      group: s.engineGroup,
      each: s.engineClass,
      overhead: s.overhead,
    },
    {
      ...{ name: `core.engine ${core} ${engine}`, all: s.coreEngine },
      ...{ group: s.coreEngineGroup, each: s.coreEngineClass },
    },
    { name: `board.engine ${board} ${engine}`, all: s.boardEngine, each: s.boardEngineClass },
    { name: `board.version ${board} ${engine} ${version}`, all: s.boardVersion, each: s.boardVersionClass },
  ];
  if (dtype === 'float32') levels.push({ name: `core.float ${core}`, all: 0, each: s.coreFloatClass });
  for (const step of chain(engine, version)) {
    const name = `version ${engine} ${step}`;
    levels.push({ name, all: s.version, group: s.versionGroup, each: s.versionClass });
  }
  if (variant !== '') {
    levels.push({ name: `variant ${engine} ${variant}`, all: s.variant, each: s.variantClass });
  }
  return levels;
}

function effectsOfLevel({ name, all, each, group = 0, overhead = each }: Level): Effect[] {
  const effects: Effect[] = [{ name, spread: all }];
  for (const { name: groupName, weights } of GROUP_WEIGHTS) {
    effects.push({ name: `${name} ${groupName}`, spread: group, weights });
  }
  OP_CLASSES.forEach((opClass, of) => {
    const spread = OVERHEADS.has(opClass) ? overhead : each;
    effects.push({ name: `${name} ${opClass}`, spread, of });
  });
  return effects.filter(({ spread }) => spread > 0);
}

/** The effects that a run is the sum of. */
export function effectsOf(run: Run, spreads: Spreads, chain: VersionChain): Effect[] {
  const { identity, network, flagLogs } = run;
  const engine = `${identity.engine}/${identity.dtype}`;
  const effects: Effect[] = [{ name: `engine.network ${engine} ${network}`, spread: spreads.engineNetwork }];
  if (flagLogs) {
    const name = `flag ${engine} ${identity.board} ${identity.version}`;
    effects.push({ name, spread: spreads.flag, weights: flagLogs });
  }
  for (const level of levelsOf(run, spreads, chain)) effects.push(...effectsOfLevel(level));
  return effects;
}
