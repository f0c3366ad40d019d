import { enableFormulas } from '../../script/formulas.ts';

await enableFormulas();
await import('../../sweep/pool/node-entry.ts');
