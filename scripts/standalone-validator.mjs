// A plugin of builds: instead of src/boards/json/board-validator.ts, which has Ajv compile the schema when the first board is
// read, the code that Ajv writes for it. It answers the same, and neither Ajv nor `new Function` is loaded.
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import { tsImport } from 'tsx/esm/api';

/** Ajv asks for what its code needs as CommonJS does, in modules too. */
const REQUIRED = /require\("([^"]+)"\)\.default/g;

async function validatorCode() {
  const [{ BOARD_VALIDATION }, { BOARD_SCHEMA }] = await Promise.all(
    ['board-validator', 'board-schema'].map((name) =>
      tsImport(`../src/boards/json/${name}.ts`, import.meta.url),
    ),
  );
  const ajv = new Ajv2020({ ...BOARD_VALIDATION, code: { source: true, esm: true } });
  const body = standalone.default(ajv, ajv.compile(BOARD_SCHEMA));
  const imports = [...body.matchAll(REQUIRED)].map(([, id], at) => `import required${at} from '${id}.js';`);
  let at = 0;
  const code = body
    .replace(REQUIRED, () => `(required${at}.default ?? required${at++})`)
    .replace('export default', 'const validateBoard =');
  return `${imports.join('\n')}\n${code.replace(/^"use strict";export const validate = \w+;/, '')}
    export const boardValidator = () => validateBoard;\n`;
}

const MODULE = /boards[\\/]json[\\/]board-validator\.ts$/;
const FILE = 'board-validator.cjs';

/** A build has the code instead of the module. */
const inPlace = {
  name: 'standalone-validator',
  load: { filter: { id: MODULE }, handler: async () => ({ code: await validatorCode(), moduleType: 'js' }) },
};

/** Writes the code into one file of dist/, which those that are bundled below it share: it is as large as the core of them. */
export async function emitBoardValidator(entry, dist) {
  const bundle = await rolldown({ input: entry, platform: 'node', plugins: [inPlace] });
  await bundle.write({ file: join(dist, FILE), format: 'cjs', minify: true });
}

/** For what is bundled into files of a folder of dist/. */
export const standaloneValidator = {
  name: 'shared-validator',
  resolveId: {
    filter: { id: /board-validator\.ts$/ },
    handler: () => ({ id: `../${FILE}`, external: true }),
  },
};
