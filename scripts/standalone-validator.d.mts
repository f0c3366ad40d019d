import type { Plugin } from 'rolldown';

export declare const standaloneValidator: Plugin;
export declare function emitBoardValidator(entry: string, dist: string): Promise<void>;
