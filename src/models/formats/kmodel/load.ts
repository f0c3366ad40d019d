import { FormatError } from '../../../errors.ts';
import { readKfpkg } from '../kfpkg/kfpkg.ts';
import type { KmodelModel } from './kmodel-model.ts';
import { kmodelKind } from './identify.ts';
import { readKmodelV4 } from './read-v4.ts';
import { readKmodel } from './read.ts';

/** A kmodel of version 3 or 4. Throws a FormatError of one line that begins with `name`. */
export function loadKmodel(bytes: Uint8Array, name: string): KmodelModel {
  const base = { format: 'kmodel', name, fileBytes: bytes.length } as const;
  if (kmodelKind(bytes) === 4) return { ...base, version: 4, file: readKmodelV4(bytes, name) };
  return { ...base, version: 3, file: readKmodel(bytes, name) };
}

/** Most names of a package's files that a message tells. */
const MOST_NAMES = 8;

/** The first model inside of a kfpkg. Throws a FormatError where it holds none that can be read. */
export function loadKfpkg(bytes: Uint8Array, name: string): KmodelModel {
  const entries = readKfpkg(bytes, name);
  const plain = entries.find((entry) => [3, 4, 5].includes(kmodelKind(entry.bytes) as number));
  const model = plain ?? entries.find(isClosedModel);
  if (model) return loadKmodel(model.bytes, `${name}: ${model.bin}`);
  const names = entries.slice(0, MOST_NAMES).map(({ bin }) => bin);
  if (entries.length > MOST_NAMES) names.push(`${entries.length - MOST_NAMES} more`);
  throw new FormatError(
    `${name}: holds no kmodel, only ${names.join(', ')}; pass a package with a model in it`,
  );
}

/** A file that is a model by its name or its wrap, and that only a device opens: reading it says so. */
function isClosedModel({ bin, bytes }: { readonly bin: string; readonly bytes: Uint8Array }): boolean {
  return /\.[sk]model$/i.test(bin) || kmodelKind(bytes) === 'encrypted';
}
