import { OP_CLASSES, type ClassInstructions, type OpClass } from './op-classes.ts';
import type { Identity } from '../measurements/row-identity.ts';

/** A run of one network: what it ran on and with, and its counted instructions by class. */
export interface Run {
  readonly identity: Identity;
  readonly network: string;
  readonly instructions: ClassInstructions;
}

/** Standard deviations of the effects on the logarithm of cycles an instruction, before any row is seen. */
export interface Spreads {
  readonly core: number;
  readonly coreClass: number;
  readonly family: number;
  readonly familyClass: number;
  readonly board: number;
  readonly boardClass: number;
  readonly engine: number;
  readonly engineClass: number;
  readonly coreEngine: number;
  readonly coreEngineClass: number;
  readonly version: number;
  readonly versionClass: number;
  readonly boardVersion: number;
  readonly variant: number;
  readonly variantClass: number;
  readonly engineNetwork: number;
  /** Of the classes `layer` and `call`, on engine and on board. */
  readonly overhead: number;
  readonly boardOverhead: number;
  /** Of one row, what no effect explains. */
  readonly row: number;
}

export const SPREADS: Spreads = {
  core: 1,
  coreClass: 0.2,
  family: 0.15,
  familyClass: 0.05,
  board: 0.1,
  boardClass: 0.05,
  engine: 1,
  engineClass: 0.35,
  coreEngine: 0.15,
  coreEngineClass: 0.1,
  version: 0.2,
  versionClass: 0.2,
  boardVersion: 0.05,
  variant: 0.2,
  variantClass: 0.2,
  engineNetwork: 0.05,
  overhead: 0.7,
  boardOverhead: 0.5,
  row: 0.03,
};

/** A prior effect: its name, its spread, and the class that it is of (all classes where absent). */
export interface Effect {
  readonly name: string;
  readonly spread: number;
  readonly of?: number;
}

const OVERHEADS: ReadonlySet<OpClass> = new Set(['layer', 'call']);

/** Versions of an engine that a version stands on, itself among them, by the order of their numbers. */
export type VersionChain = (engine: string, version: string) => readonly string[];

/** The effects that a run is the sum of. */
export function effectsOf({ identity, network }: Run, spreads: Spreads, chain: VersionChain): Effect[] {
  const { board, family, core, version, variant } = identity;
  const engine = `${identity.engine}/${identity.dtype}`;
  const effects: Effect[] = [
    { name: `core ${core}`, spread: spreads.core },
    { name: `family ${family}`, spread: spreads.family },
    { name: `board ${board}`, spread: spreads.board },
    { name: `engine ${engine}`, spread: spreads.engine },
    { name: `core.engine ${core} ${engine}`, spread: spreads.coreEngine },
    { name: `board.version ${board} ${engine} ${version}`, spread: spreads.boardVersion },
    { name: `engine.network ${engine} ${network}`, spread: spreads.engineNetwork },
  ];
  const steps = chain(engine, version);
  for (const step of steps) effects.push({ name: `version ${engine} ${step}`, spread: spreads.version });
  if (variant !== '') effects.push({ name: `variant ${engine} ${variant}`, spread: spreads.variant });
  OP_CLASSES.forEach((name, of) => {
    const isOverhead = OVERHEADS.has(name);
    const add = (what: string, spread: number): number =>
      effects.push({ name: `${what} ${name}`, spread, of });
    add(`core ${core}`, spreads.coreClass);
    add(`family ${family}`, spreads.familyClass);
    add(`board ${board}`, isOverhead ? spreads.boardOverhead : spreads.boardClass);
    add(`engine ${engine}`, isOverhead ? spreads.overhead : spreads.engineClass);
    add(`core.engine ${core} ${engine}`, spreads.coreEngineClass);
    for (const step of steps) add(`version ${engine} ${step}`, spreads.versionClass);
    if (variant !== '') add(`variant ${engine} ${variant}`, spreads.variantClass);
  });
  return effects;
}
