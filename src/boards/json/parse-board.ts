import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SpecError } from '../../errors.ts';
import type { Board } from '../board/board.ts';
import type { BoardFile } from '../board/board-file.ts';
import { resolveBoard } from '../board/resolve-board.ts';
import { ALL_PARTS } from '../all-parts.ts';
import { BOARD_SCHEMA } from './board-schema.ts';
import { lintBoard } from './lint-board.ts';

interface UnitSchema {
  readonly properties: { readonly kind: { readonly const: string } };
}

let validateBoard: ValidateFunction<Board | BoardFile> | undefined;

/** Compiled when the first board is read: a program that reads none need not pay for it. */
function validator(): ValidateFunction<Board | BoardFile> {
  const options = { allErrors: true, discriminator: true, verbose: true };
  return (validateBoard ??= new Ajv2020(options).compile<Board | BoardFile>(BOARD_SCHEMA));
}

/** "/units/0/costs/3/grade" as a person writes it: units[0].costs[3].grade. */
function fieldOf(pointer: string): string {
  const names = pointer.split('/').slice(1);
  const path = names.map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name.replaceAll('~1', '/')}`));
  return path.join('').replace(/^\./, '') || 'the board';
}

function quote(value: unknown): string {
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

/** A board, or why a parsed JSON value is none: one sentence a problem, with the field and what is allowed. */
function checkBoard(json: unknown): { readonly board: Board } | { readonly problems: readonly string[] } {
  const validate = validator();
  if (!validate(json)) {
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== BRANCH_KEYWORD);
    return { problems: errors.map(describeProblem) };
  }
  try {
    const board = 'core' in json ? resolveBoard(json, ALL_PARTS) : json;
    const problems = lintBoard(board);
    return problems.length === 0 ? { board } : { problems };
  } catch (error) {
    if (error instanceof SpecError) return { problems: [error.message] };
    throw error;
  }
}

/** Every problem of a parsed JSON value as a board, one sentence each with the field and what is allowed. */
export function findBoardProblems(json: unknown): readonly string[] {
  const checked = checkBoard(json);
  return 'board' in checked ? [] : checked.problems;
}

/**
 * A parsed JSON value as a board; what it names by id is put in. `name` (a file's name) begins the message of the
 * SpecError that is thrown at the first problem.
 */
export function parseBoard(json: unknown, name: string): Board {
  const checked = checkBoard(json);
  if ('board' in checked) return checked.board;
  const [first, ...others] = checked.problems;
  const rest = others.length === 0 ? '' : ` (and ${others.length} more: inferscope board lint ${name})`;
  throw new SpecError(`${name}: ${first}${rest}`);
}
