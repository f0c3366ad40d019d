import type { Op } from './definition/op.ts';
import * as ops from './ops.ts';
import { describeForeignOp } from '../models/graph/foreign-ops.ts';
import { registerAll } from './registry.ts';

type AnyOp = (typeof ops)[keyof typeof ops];
type AttributesIn<O> = O extends Op<string, infer A> ? A : never;

/** TFLite's builtin name of an operator that the project understands. */
export type OpType = AnyOp['type'];

/** Attributes by operator, as the fields of its definition say. */
export type OpAttributes = { readonly [O in AnyOp as O['type']]: AttributesIn<O> };

type Registry = { readonly [T in OpType]: Op<T, OpAttributes[T]> };

/** Every operator that the project understands, by its name; who uses this has them all loaded. */
export const OPS = registryOf(Object.values(ops)) as Registry;

/**
 * Operators by name, in the order of their names: what a module exports comes in another order where a bundler made it,
 * and boards list their costs in this one. Throws where two have one name.
 */
function registryOf(list: readonly Op[]): Readonly<Record<string, Op>> {
  const names = list.map(({ type }) => type);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two operators are named ${twice}`);
  return Object.fromEntries(names.sort().map((name) => [name, list.find(({ type }) => type === name)!]));
}

registerAll(Object.values<Op>(OPS), describeForeignOp);

/** The operator of that name, of all that there are; undefined where the project does not know it. */
export function opFor(type: string): Op | undefined {
  return Object.hasOwn(OPS, type) ? OPS[type as OpType] : undefined;
}
