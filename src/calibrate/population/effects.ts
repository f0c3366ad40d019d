import { countedCoreOf } from '../measurements/counted-core.ts';
import type { Identity } from '../measurements/row-identity.ts';
import { OP_CLASSES, type ClassInstructions, type OpClass } from './op-classes.ts';

/** A run of one network: what it ran on and with, and its counted instructions by class. */
export interface Run {
  readonly identity: Identity;
  readonly network: string;
  readonly instructions: ClassInstructions;
  /** Logarithm of what the other compiler flag makes of each class, where it is open which one it was. */
  readonly flagLogs?: readonly number[];
  /** Its tensors lie in a memory outside of the chip. */
  readonly isExternal?: boolean;
  /** The source whose clock, unit or shapes were partly inferred, so that all of its rows may be off by one factor. */
  readonly inferredBy?: string;
}

/** Standard deviations of the effects on the logarithm of cycles an instruction, before any row is seen. */
export interface Spreads {
  readonly core: number;
  readonly coreClass: number;
  /** In float32, together and by class: with which precision a core's unit computes, or none. */
  readonly coreFloat: number;
  readonly coreFloatClass: number;
  readonly family: number;
  readonly familyClass: number;
  readonly board: number;
  readonly boardClass: number;
  /** Of softmax in float32 where no unit computes in double: a toolchain's `expf` is in single or, by software, in double. */
  readonly boardExponential: number;
  readonly engine: number;
  /** Of all convolutions, and of all that multiplies matrices. */
  readonly engineGroup: number;
  readonly engineClass: number;
  readonly coreEngine: number;
  readonly coreEngineGroup: number;
  readonly coreEngineClass: number;
  /** What a numbered version brought, and what sets a named one apart. */
  readonly version: number;
  readonly namedVersion: number;
  readonly versionGroup: number;
  readonly versionClass: number;
  /** Of engines that come compiled, and of those that everybody builds in his own way. */
  readonly boardEngine: number;
  readonly boardBuild: number;
  readonly boardEngineClass: number;
  readonly boardVersion: number;
  readonly boardVersionClass: number;
  readonly variant: number;
  readonly variantClass: number;
  readonly engineNetwork: number;
  readonly flag: number;
  /** Tensors outside of the chip, on all engines and on one: the faster the kernels, the longer they wait. */
  readonly external: number;
  readonly externalEngine: number;
  /** A factor on all rows of a source whose clock or unit was inferred. */
  readonly inferred: number;
  /** Of the classes `layer` and `call`, on engine and on board. */
  readonly overhead: number;
  readonly boardOverhead: number;
  /** Of one row, what no effect explains. */
  readonly row: number;
}

export const SPREADS: Spreads = {
  core: 0.6,
  coreClass: 0.012,
  coreFloat: 0.05,
  coreFloatClass: 0.4,
  family: 0.012,
  familyClass: 0.01,
  board: 0.012,
  boardClass: 0.006,
  boardExponential: 1.2,
  engine: 0.4,
  engineGroup: 0.4,
  engineClass: 0.03,
  coreEngine: 0.025,
  coreEngineGroup: 0.09,
  coreEngineClass: 0.02,
  version: 0.1,
  namedVersion: 1,
  versionGroup: 0.06,
  versionClass: 0.1,
  boardEngine: 0.01,
  boardBuild: 0.18,
  boardEngineClass: 0.006,
  boardVersion: 0.01,
  boardVersionClass: 0.006,
  variant: 0.2,
  variantClass: 0.12,
  engineNetwork: 0.01,
  flag: 0.8,
  external: 0.4,
  externalEngine: 0.3,
  inferred: 1,
  overhead: 0.3,
  boardOverhead: 0.7,
  row: 0.02,
};

/** A prior effect: its name, its spread, and the class that it is of or the weights of all; the same on all where absent. */
export interface Effect {
  readonly name: string;
  readonly spread: number;
  /** What it is before any row is seen; 0 where absent. */
  readonly mean?: number;
  readonly of?: number;
  readonly weights?: readonly number[];
}

const SOFTMAX = OP_CLASSES.indexOf('softmax');

const OVERHEADS: ReadonlySet<OpClass> = new Set(['layer', 'call']);

/** Engines that their makers compile and tune. */
const COMPILED = new Set(['x-cube-ai', 'hale', 'plumerai', 'tinyengine']);

const isNumbered = (version: string): boolean => /^\d/.test(version);

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
    {
      name: `board.engine ${board} ${engine}`,
      all: COMPILED.has(identity.engine) ? s.boardEngine : s.boardBuild,
      each: s.boardEngineClass,
    },
    { name: `board.version ${board} ${engine} ${version}`, all: s.boardVersion, each: s.boardVersionClass },
  ];
  if (dtype === 'float32')
    levels.push({ name: `core.float ${core}`, all: s.coreFloat, each: s.coreFloatClass });
  for (const step of chain(engine, version)) {
    const name = `version ${engine} ${step}`;
    const all = isNumbered(step) ? s.version : s.namedVersion;
    levels.push({ name, all, group: s.versionGroup, each: s.versionClass });
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

/** Where between the counted flags a run lies; the build files of a framework set the flag, whatever the board. */
export function flagEffect({ identity, flagLogs }: Run, { flag }: Pick<Spreads, 'flag'>): Effect | undefined {
  const { engine, dtype, version } = identity;
  return flagLogs && { name: `flag ${engine}/${dtype} ${version}`, spread: flag, weights: flagLogs };
}

/**
 * An effect that can only slow: of the half of a normal distribution that is above 0, the mean and the standard
 * deviation.
 */
function slowingEffect(name: string, spread: number): Effect {
  return { name, mean: spread * Math.sqrt(2 / Math.PI), spread: spread * Math.sqrt(1 - 2 / Math.PI) };
}

/** The effects that a run is the sum of. */
export function effectsOf(run: Run, spreads: Spreads, chain: VersionChain): Effect[] {
  const { identity, network, isExternal } = run;
  const engine = `${identity.engine}/${identity.dtype}`;
  const effects: Effect[] = [{ name: `engine.network ${engine} ${network}`, spread: spreads.engineNetwork }];
  const flag = flagEffect(run, spreads);
  if (flag) effects.push(flag);
  if (isExternal) {
    effects.push(slowingEffect('external', spreads.external));
    effects.push({ name: `external ${engine}`, spread: spreads.externalEngine });
  }
  if (identity.dtype === 'float32' && !countedCoreOf(identity).endsWith(' double')) {
    const name = `board.exponential ${identity.board}`;
    effects.push({ name, spread: spreads.boardExponential, of: SOFTMAX });
  }
  for (const level of levelsOf(run, spreads, chain)) effects.push(...effectsOfLevel(level));
  return effects;
}
