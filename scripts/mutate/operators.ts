/** What may be changed at one node of the syntax tree. */
import ts from 'typescript';
import type { Kind } from './mutant.ts';

/** The text of `node` becomes `text`. */
export interface Change {
  readonly kind: Kind;
  readonly node: ts.Node;
  readonly text: string;
}

type Operator = (node: ts.Node, textOf: (node: ts.Node) => string) => Change | undefined;

const K = ts.SyntaxKind;

/** Operators of two operands and what stands in their place; conversions like `x | 0` and `x >>> 0` are not here. */
const SWAPS: Readonly<Partial<Record<ts.SyntaxKind, readonly [Kind, string]>>> = {
  [K.PlusToken]: ['arithmetic', '-'],
  [K.MinusToken]: ['arithmetic', '+'],
  [K.AsteriskToken]: ['arithmetic', '/'],
  [K.SlashToken]: ['arithmetic', '*'],
  [K.PercentToken]: ['arithmetic', '*'],
  [K.AsteriskAsteriskToken]: ['arithmetic', '*'],
  [K.PlusEqualsToken]: ['arithmetic', '-='],
  [K.MinusEqualsToken]: ['arithmetic', '+='],
  [K.AsteriskEqualsToken]: ['arithmetic', '/='],
  [K.SlashEqualsToken]: ['arithmetic', '*='],
  [K.LessThanLessThanToken]: ['bits', '>>'],
  [K.GreaterThanGreaterThanToken]: ['bits', '<<'],
  [K.AmpersandToken]: ['bits', '|'],
  [K.BarToken]: ['bits', '&'],
  [K.CaretToken]: ['bits', '&'],
  [K.LessThanToken]: ['boundary', '<='],
  [K.LessThanEqualsToken]: ['boundary', '<'],
  [K.GreaterThanToken]: ['boundary', '>='],
  [K.GreaterThanEqualsToken]: ['boundary', '>'],
  [K.EqualsEqualsEqualsToken]: ['equality', '!=='],
  [K.ExclamationEqualsEqualsToken]: ['equality', '==='],
  [K.AmpersandAmpersandToken]: ['logic', '||'],
  [K.BarBarToken]: ['logic', '&&'],
};

/** Not `find` and `indexOf`: from the other end they find the same in a list without doubles, which most are. */
const METHODS: Readonly<Record<string, readonly [Kind, string]>> = {
  some: ['array', 'every'],
  every: ['array', 'some'],
  push: ['array', 'unshift'],
  startsWith: ['array', 'endsWith'],
  endsWith: ['array', 'startsWith'],
};
/** `list.filter(f)` becomes `list`. */
const DROPPED_METHODS = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed']);

const MATH: Readonly<Record<string, readonly [Kind, string]>> = {
  min: ['extreme', 'max'],
  max: ['extreme', 'min'],
  floor: ['rounding', 'ceil'],
  ceil: ['rounding', 'floor'],
  round: ['rounding', 'floor'],
  trunc: ['rounding', 'ceil'],
};

/** Calls whose result is a list. */
const LISTS = new Set(['map', 'filter', 'flatMap', 'toSorted', 'sort', 'concat', 'toReversed']);

const isText = (node: ts.Node): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

const isIn = (node: ts.Node, part: (parent: ts.ForStatement) => ts.Node | undefined): boolean =>
  ts.isForStatement(node.parent) && part(node.parent) === node;

const isZero = (node: ts.Node): boolean => ts.isNumericLiteral(node) && Number(node.text) === 0;

const swapOperator: Operator = (node, textOf) => {
  if (!ts.isBinaryExpression(node)) return undefined;
  if (isIn(node, (loop) => loop.condition) && node.operatorToken.kind !== K.AmpersandAmpersandToken) {
    return shortenLoop(node, textOf);
  }
  const swap = SWAPS[node.operatorToken.kind];
  if (isIn(node, (loop) => loop.incrementor)) return undefined;
  if (swap === undefined || isText(node.left) || isText(node.right)) return undefined;
  if (node.operatorToken.kind === K.BarToken && isZero(node.right)) return undefined;
  return { kind: swap[0], node: node.operatorToken, text: swap[1] };
};

/** A loop that ends one turn early: one turn more would often write behind the end of an array, which does nothing. */
function shortenLoop(node: ts.BinaryExpression, textOf: (node: ts.Node) => string): Change | undefined {
  const [left, right] = [textOf(node.left), textOf(node.right)];
  const changed: Partial<Record<ts.SyntaxKind, string>> = {
    [K.LessThanToken]: `${left} < (${right}) - 1`,
    [K.LessThanEqualsToken]: `${left} < ${right}`,
    [K.GreaterThanToken]: `${left} > (${right}) + 1`,
    [K.GreaterThanEqualsToken]: `${left} > ${right}`,
  };
  const text = changed[node.operatorToken.kind];
  return text === undefined ? undefined : { kind: 'loop', node, text };
}

const dropFallback: Operator = (node, textOf) =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === K.QuestionQuestionToken
    ? { kind: 'fallback', node, text: `(${textOf(node.left)})` }
    : undefined;

/** Comparisons are left to `swapOperator`, loops to `shortenLoop`: a negated loop only hangs. */
const negateCondition: Operator = (node, textOf) => {
  const { parent } = node;
  const isCondition =
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node);
  if (!isCondition) return undefined;
  if (ts.isBinaryExpression(node) && SWAPS[node.operatorToken.kind]?.[0] === 'equality') return undefined;
  return { kind: 'condition', node, text: `!(${textOf(node)})` };
};

const flipBoolean: Operator = (node) => {
  if (node.kind === K.TrueKeyword) return { kind: 'boolean', node, text: 'false' };
  return node.kind === K.FalseKeyword ? { kind: 'boolean', node, text: 'true' } : undefined;
};

/** Of a number this large or with a fraction, one more could be less than any test can see: it is doubled. */
const LARGE = 1000;

const changeNumber: Operator = (node, textOf) => {
  if (!ts.isNumericLiteral(node) || (ts.isPropertyAssignment(node.parent) && node.parent.name === node))
    return undefined;
  if (isIn(node.parent, (loop) => loop.incrementor)) return undefined;
  const value = Number(node.text);
  const isStep = Number.isInteger(value) && value < LARGE;
  return { kind: 'number', node, text: isStep ? String(value + 1) : `(2 * ${textOf(node)})` };
};

const dropSign: Operator = (node, textOf) =>
  ts.isPrefixUnaryExpression(node) && node.operator === K.MinusToken
    ? { kind: 'sign', node, text: textOf(node.operand) }
    : undefined;

const swapMethod: Operator = (node, textOf) => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: owner, name } = node.expression;
  const isMath = ts.isIdentifier(owner) && owner.text === 'Math';
  const table = isMath ? MATH : METHODS;
  const swap = Object.hasOwn(table, name.text) ? table[name.text] : undefined;
  if (swap !== undefined) return { kind: swap[0], node: name, text: swap[1] };
  return DROPPED_METHODS.has(name.text) && !isMath ? { kind: 'array', node, text: textOf(owner) } : undefined;
};

const ASSIGNMENTS: readonly ts.SyntaxKind[] = [
  K.EqualsToken,
  K.PlusEqualsToken,
  K.MinusEqualsToken,
  K.AsteriskEqualsToken,
  K.SlashEqualsToken,
  K.QuestionQuestionEqualsToken,
];

function unwrap(node: ts.Expression): ts.Expression {
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) return unwrap(node.expression);
  return ts.isYieldExpression(node) && node.expression !== undefined ? unwrap(node.expression) : node;
}

const removeStatement: Operator = (node) => {
  if (!ts.isExpressionStatement(node)) return undefined;
  const expression = unwrap(node.expression);
  const isCall = ts.isCallExpression(expression) && expression.expression.kind !== K.SuperKeyword;
  const isAssignment =
    ts.isBinaryExpression(expression) && ASSIGNMENTS.includes(expression.operatorToken.kind);
  return isCall || isAssignment ? { kind: 'statement', node, text: '{}' } : undefined;
};

function isList(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0;
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    LISTS.has(node.expression.name.text)
  );
}

const returnNothing: Operator = (node) => {
  const { parent } = node;
  const isReturned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node);
  return isReturned && isList(node as ts.Expression) ? { kind: 'return', node, text: '[]' } : undefined;
};

/** Each gives at most one change at a node; the order is that of the list of a line. */
export const OPERATORS: readonly Operator[] = [
  swapOperator,
  dropFallback,
  negateCondition,
  flipBoolean,
  changeNumber,
  dropSign,
  swapMethod,
  removeStatement,
  returnNothing,
];
