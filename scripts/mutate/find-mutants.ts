import ts from 'typescript';
import { OPERATORS, type Change } from './operators.ts';
import { isGenerated, isSkipped } from './skips.ts';
import type { Mutant } from './mutant.ts';

/** All mutants of a source text, in the order of their places. Depends on the text alone. */
export function findMutants(file: string, text: string): Mutant[] {
  if (isGenerated(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const textOf = (node: ts.Node) => node.getText(source);
  const changes: Change[] = [];
  const visit = (node: ts.Node, isInFunction: boolean): void => {
    if (isSkipped(node, isInFunction)) return;
    for (const operator of OPERATORS) {
      const change = operator(node, textOf);
      if (change !== undefined) changes.push(change);
    }
    const isInside = isInFunction || ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, isInside));
  };
  ts.forEachChild(source, (child) => visit(child, false));
  return changes.map((change) => toMutant(file, source, change)).sort((a, b) => a.start - b.start);
}

function toMutant(file: string, source: ts.SourceFile, { kind, node, text }: Change): Mutant {
  const [start, end] = [node.getStart(source), node.getEnd()];
  const { line } = source.getLineAndCharacterOfPosition(start);
  const [from, to] = [source.getLineStarts()[line], source.getLineStarts()[line + 1]];
  const lineText = source.text.slice(from, to).trim();
  return { file, line: line + 1, kind, start, end, from: source.text.slice(start, end), to: text, lineText };
}
