/** Fetches what is not there yet; absolute paths. */
export function provideWindowsParts(): Promise<{ readonly nodeExe: string; readonly koffiNode: string }>;

/** A program of this system that compiles for the Node that we ship; null on a system for which there is none. */
export function provideCompilingNode(): Promise<string | null>;
