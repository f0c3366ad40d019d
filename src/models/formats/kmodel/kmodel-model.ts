import type { KmodelFile } from './file.ts';
import type { KmodelV4 } from './read-v4.ts';

interface KmodelBase {
  readonly format: 'kmodel';
  readonly name: string;
  readonly fileBytes: number;
}

export interface KmodelV3Model extends KmodelBase {
  readonly version: 3;
  readonly file: KmodelFile;
}

export interface KmodelV4Model extends KmodelBase {
  readonly version: 4;
  readonly file: KmodelV4;
}

/** A converted network as its file holds it: already a program for one toolchain, layers in the order in which they run. */
export type KmodelModel = KmodelV3Model | KmodelV4Model;
