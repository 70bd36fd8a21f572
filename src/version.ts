declare const __VERSION__: string;

/** This program's version, put in by the build from package.json. */
export const VERSION: string = __VERSION__;
