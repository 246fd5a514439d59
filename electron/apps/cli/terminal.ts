/** One of the two streams we write to. */
export interface Output {
  write(text: string): void;
  /** True where a person looks at it and lines may be drawn over. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** The system's code (`ENOSPC` …) where what was written is lost; null also where the reader has left, who wants no more. */
  readonly failure: string | null;
}

/** Everything of the process that the terminal front uses; a test gives its own. */
export interface Terminal {
  /** Data. */
  readonly stdout: Output;
  /** Progress and messages. */
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The system's locale where the environment names none. */
  systemLocale(): string;
  readonly processId: number;
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP. */
  readonly interruption: AbortSignal;
  readonly productVersion: string;
  /** True where the reader has been told that nothing real is touched. */
  readonly knowsItIsSimulated: boolean;
  /** True if what was compiled in advance is of another Node and had to be compiled once more. Told with `-v`. */
  readonly isCompiledElsewhere?: boolean;
  /** Called before a command that may wait for hours. */
  prepareToWait?(): void;
}
