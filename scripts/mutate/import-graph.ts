/** Which file of the project needs which when it runs. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import ts from 'typescript';
import type { Tree } from './tree.ts';

/** File to the files that it names. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const CODE = /\.(ts|mjs|js)$/;

/**
 * A file needs another when a string in it names it: as an import, as the entry of a thread (`new URL('./worker.ts', ...)`),
 * or from the root (`startScript('src/cli/main.ts')`). Imports of types alone are gone when the code runs, so they do not count.
 * `aliases` are the package's own names (`inferscope`) and their files.
 */
export function readImports(tree: Tree, aliases: Readonly<Record<string, string>>): ImportGraph {
  const code = [...tree].filter(([file, text]) => CODE.test(file) && text.length < MAX_LENGTH);
  return new Map(
    code.map(([file, text]) => {
      const names = namesIn(file, text).map((name) =>
        Object.hasOwn(aliases, name) ? aliases[name] : resolveName(file, name, tree),
      );
      return [file, [...new Set(names.filter((name) => name !== undefined && name !== file))] as string[]];
    }),
  );
}

/** Longer files are data in the guise of code. */
const MAX_LENGTH = 500_000;

function resolveName(file: string, name: string, tree: Tree): string | undefined {
  if (!/^[\w.@/-]+$/.test(name) || !name.includes('/')) return undefined;
  const path = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name;
  return [path, `${path}.ts`].find((candidate) => tree.has(candidate));
}

function namesIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, false);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isOfTypes(node)) return;
    if (ts.isStringLiteralLike(node)) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function isOfTypes(node: ts.Node): boolean {
  if (ts.isTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

const isOfTests = (file: string): boolean => file.startsWith('test/');

/** Steps from a test to each file that it reaches; what lies in test/ itself is a part of the test, and no step. */
export function stepsFrom(graph: ImportGraph, start: string): Map<string, number> {
  const steps = new Map([[start, 0]]);
  for (const [file] of steps) {
    for (const next of graph.get(file) ?? []) if (isOfTests(next)) steps.set(next, 0);
  }
  for (const [file, count] of steps) {
    for (const next of graph.get(file) ?? []) if (!steps.has(next)) steps.set(next, count + 1);
  }
  return steps;
}

/** A hash of all that a file reaches: it changes when the outcome of a test file may have changed. */
export function hashReached(graph: ImportGraph, tree: Tree, start: string): string {
  const hash = createHash('sha256');
  for (const file of [...stepsFrom(graph, start).keys()].sort())
    hash.update(`${file}\n${tree.get(file) ?? ''}\n`);
  return hash.digest('hex');
}
