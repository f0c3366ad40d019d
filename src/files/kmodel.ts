import { enableKmodels } from '../deploy/enable-kmodels.ts';
import type { KmodelModel } from '../models/formats/kmodel/kmodel-model.ts';
import { loadKfpkg as readPackage, loadKmodel as read } from '../models/formats/kmodel/load.ts';

/**
 * A kmodel of version 3 or 4, which can be deployed in this thread from now on. Throws a FormatError of one line that
 * begins with `name`.
 */
export function loadKmodel(bytes: Uint8Array, name: string): KmodelModel {
  enableKmodels();
  return read(bytes, name);
}

/** The first model inside of a kfpkg, likewise. Throws a FormatError where it holds none that can be read. */
export function loadKfpkg(bytes: Uint8Array, name: string): KmodelModel {
  enableKmodels();
  return readPackage(bytes, name);
}
