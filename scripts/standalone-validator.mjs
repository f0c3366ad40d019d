// A plugin of builds: instead of src/boards/json/board-validator.ts, which has Ajv compile the schema when the first board is
// read, the code that Ajv writes for it. It answers the same, and neither Ajv nor `new Function` is loaded.
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
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

let written;

export const standaloneValidator = {
  name: 'standalone-validator',
  load: {
    filter: { id: /boards[\\/]json[\\/]board-validator\.ts$/ },
    handler: async () => ({ code: await (written ??= validatorCode()), moduleType: 'js' }),
  },
};
