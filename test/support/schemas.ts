import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

const folder = new URL('../../schemas/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
const readSchema = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object;

/** What is wrong with a document by a published schema. */
export function schemaErrors(name: string, document: unknown): ErrorObject[] {
  const ajv = new Ajv2020({ allErrors: true, discriminator: true, schemas: names.map(readSchema) });
  const validate = ajv.getSchema(`urn:inferscope:${name}`)!;
  validate(document);
  return validate.errors ?? [];
}
