import type { Plugin } from 'rolldown';

export declare const standaloneValidator: Plugin;
