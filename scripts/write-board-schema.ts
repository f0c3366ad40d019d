// Writes schemas/board.schema.json from src/boards/json/board-schema.ts: `npx tsx scripts/write-board-schema.ts`.
import { writeFileSync } from 'node:fs';
import { BOARD_SCHEMA } from '../src/boards/json/board-schema.ts';
import { format } from 'prettier';

const file = new URL('../schemas/board.schema.json', import.meta.url);
writeFileSync(file, await format(JSON.stringify(BOARD_SCHEMA), { parser: 'json', printWidth: 110 }));
