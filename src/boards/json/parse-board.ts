import type { ErrorObject } from 'ajv/dist/2020.js';
import { SpecError } from '../../errors.ts';
import type { Board } from '../board/board.ts';
import { resolveBoard } from '../board/resolve-board.ts';
import { isPlainName, showValue } from '../../models/graph/quote.ts';
import { ALL_PARTS } from '../all-parts.ts';
import { BOARD_SCHEMA } from './board-schema.ts';
import { boardValidator } from './board-validator.ts';
import { lintBoard } from './lint-board.ts';

/** What a person reads of what is wrong; a field that no board knows is a problem each. */
const MOST_PROBLEMS = 1000;
const MAX_DEPTH = 20;

interface UnitSchema {
  readonly properties: { readonly kind: { readonly const: string } };
}

/** "/units/0/costs/3/grade" as a person writes it: units[0].costs[3].grade. */
function fieldOf(pointer: string): string {
  const names = pointer.split('/').slice(1);
  const path = names.map((name) => {
    if (/^\d+$/.test(name)) return `[${name}]`;
    return isPlainName(name) ? `.${name.replaceAll('~1', '/')}` : `[${quote(name)}]`;
  });
  return path.join('').replace(/^\./, '') || 'the board';
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inside) => isDeeper(inside, levels - 1)));

/** A value that is no deeper than any of a board as JSON, cut after 40 characters. */
function quote(value: unknown): string {
  if (isDeeper(value, MAX_DEPTH)) return showValue(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** Kinds of units that a list of them takes. */
function kindsOf(schema: ErrorObject['parentSchema']): string[] {
  const refs = (schema?.oneOf ?? []) as readonly { readonly $ref: string }[];
  const definitions: Readonly<Record<string, object>> = BOARD_SCHEMA.$defs;
  return refs.map(({ $ref }) => {
    const unit = definitions[$ref.replace('#/$defs/', '')] as UnitSchema;
    return unit.properties.kind.const;
  });
}

function describeProblem(error: ErrorObject): string {
  const field = fieldOf(error.instancePath);
  const { params, data } = error;
  switch (error.keyword) {
    case 'required':
      return `${field} lacks "${params.missingProperty}"`;
    case 'dependentRequired':
      return `${field} has "${params.property}" and so needs "${params.missingProperty}"`;
    case 'additionalProperties':
      return `${field} has a field ${quote(params.additionalProperty)} that a board does not know; allowed: ${Object.keys(error.parentSchema?.properties ?? {}).join(', ')}`;
    case 'enum':
      return `${field} is ${quote(data)}; allowed: ${params.allowedValues.join(', ')}`;
    case 'discriminator':
      return `${field}.kind is ${quote(params.tagValue)}; allowed: ${kindsOf(error.parentSchema).join(', ')}`;
    case 'type':
      return `${field} is ${quote(data)}; allowed: a value of type ${params.type}`;
    case 'anyOf':
      return `${field} is ${quote(data)}; allowed: ${error.parentSchema?.description}`;
    case 'minLength':
      return `${field} is empty; allowed: a text`;
    default:
      return `${field} is ${quote(data)}; it ${error.message}`;
  }
}

/** Says only that one of the two forms of a board is not met, beside the errors that say why. */
const BRANCH_KEYWORD = 'if';

/** As many as are told, and how many there are. */
interface Problems {
  readonly problems: readonly string[];
  readonly count: number;
}

/** Names that a file gives may hold ends of lines. */
const inOneLine = (text: string): string =>
  text.replace(/\p{Cc}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const allOf = (problems: readonly string[]): Problems => ({
  problems: problems.map(inOneLine),
  count: problems.length,
});

/** A board, or why a parsed JSON value is none: one sentence a problem, with the field and what is allowed. */
function checkBoard(json: unknown): { readonly board: Board } | Problems {
  const validate = boardValidator();
  if (!validate(json)) {
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== BRANCH_KEYWORD);
    return { problems: errors.slice(0, MOST_PROBLEMS).map(describeProblem), count: errors.length };
  }
  try {
    const board = 'core' in json ? resolveBoard(json, ALL_PARTS) : json;
    const problems = lintBoard(board);
    return problems.length === 0 ? { board } : allOf(problems);
  } catch (error) {
    if (error instanceof SpecError) return allOf([error.message]);
    throw error;
  }
}

/** Problems of a parsed JSON value as a board, one sentence each with the field and what is allowed; the last says how many more. */
export function findBoardProblems(json: unknown): readonly string[] {
  const checked = checkBoard(json);
  if ('board' in checked) return [];
  const { problems, count } = checked;
  return count > problems.length ? [...problems, `and ${count - problems.length} more`] : problems;
}

/**
 * A parsed JSON value as a board; what it names by id is put in. `name` (a file's name) begins the message of the
 * SpecError that is thrown at the first problem.
 */
export function parseBoard(json: unknown, name: string): Board {
  const checked = checkBoard(json);
  if ('board' in checked) return checked.board;
  const [first] = checked.problems;
  const rest = checked.count === 1 ? '' : ` (and ${checked.count - 1} more: inferscope board lint ${name})`;
  throw new SpecError(`${name}: ${first}${rest}`);
}
