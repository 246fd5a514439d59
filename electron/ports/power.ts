/** The port to the power of the machine; a simulated server's is simulated. Both @throws ProblemError restart-refused */
export interface Power {
  restart(): Promise<void>;
  shutDown(): Promise<void>;
}
