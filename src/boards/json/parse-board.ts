import type { ErrorObject } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SpecError } from '../../errors.ts';
import type { Board } from '../board/board.ts';
import { lintBoard } from './lint-board.ts';
import { BOARD_SCHEMA } from './board-schema.ts';

const validate = new Ajv2020({ allErrors: true, discriminator: true, verbose: true }).compile<Board>(
  BOARD_SCHEMA,
);

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

function describeProblem(error: ErrorObject): string {
  const field = fieldOf(error.instancePath);
  const { params, data } = error;
  switch (error.keyword) {
    case 'required':
      return `${field} lacks "${params.missingProperty}"`;
    case 'dependentRequired':
      return `${field} has "${params.property}" and so needs "${params.missingProperty}"`;
    case 'additionalProperties':
      return `${field} has a field "${params.additionalProperty}" that a board does not know; allowed: ${Object.keys(error.parentSchema?.properties ?? {}).join(', ')}`;
    case 'enum':
      return `${field} is ${quote(data)}; allowed: ${params.allowedValues.join(', ')}`;
    case 'discriminator':
      return `${field}.kind is ${quote(params.tagValue)}; allowed: core, kpu, dma`;
    case 'type':
      return `${field} is ${quote(data)}; allowed: a value of type ${params.type}`;
    case 'anyOf':
      return `${field} is ${quote(data)}; allowed: ${error.parentSchema?.description}`;
    case 'minLength':
      return `${field} is empty; allowed: a text`;
    default:
      return `${field} is ${quote(data)}; it ${error.message ?? 'is not allowed'}`;
  }
}

/** Every problem of a parsed JSON value as a board, one sentence each with the field and what is allowed. */
export function findBoardProblems(json: unknown): string[] {
  if (!validate(json)) return (validate.errors ?? []).map(describeProblem);
  return lintBoard(json);
}

/**
 * A parsed JSON value as a board. `name` (a file's name) begins the message of the SpecError that is thrown at
 * the first problem.
 */
export function parseBoard(json: unknown, name: string): Board {
  const [first, ...others] = findBoardProblems(json);
  if (first === undefined) return json as Board;
  const rest = others.length === 0 ? '' : ` (and ${others.length} more: inferscope board lint ${name})`;
  throw new SpecError(`${name}: ${first}${rest}`);
}
