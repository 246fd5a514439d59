import type { ProblemError } from '../../../contract/problem.js';
import { win32Failure } from '../../../contract/win32-problem.js';
import type { MachineFunctions } from './machine-functions.js';
import { readSid } from './security-descriptor.js';

const CURRENT_PROCESS = -1;
const TOKEN_QUERY = 0x8;
const TOKEN_USER = 1;

/** `TOKEN_USER`: a pointer and attributes, then the SID, which has 68 bytes at most (SECURITY_MAX_SID_SIZE). */
const TOKEN_USER_SIZE = { header: 16, largest: 84 };

/** S-1-5-32-544 as bytes. */
const ADMINISTRATORS = Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]);

/**
 * True when this process acts as a member of Administrators; a token that User Account Control has filtered holds the
 * group for refusals only. @throws ProblemError
 */
export function isAdministrator(functions: MachineFunctions): boolean {
  const isMember = Buffer.alloc(4);
  if (functions.CheckTokenMembership(0, ADMINISTRATORS, isMember) === 0) throw lastFailure(functions, 'CheckTokenMembership');
  return isMember.readUInt32LE() !== 0;
}

/** The SID, in text form, of the account that this process runs as. @throws ProblemError */
export function readOwnSid(functions: MachineFunctions): string {
  const handle = Buffer.alloc(8);
  if (functions.OpenProcessToken(CURRENT_PROCESS, TOKEN_QUERY, handle) === 0) throw lastFailure(functions, 'OpenProcessToken');
  const token = Number(handle.readBigUInt64LE());
  try {
    const user = Buffer.alloc(TOKEN_USER_SIZE.largest);
    if (functions.GetTokenInformation(token, TOKEN_USER, user, user.length, Buffer.alloc(4)) === 0) {
      throw lastFailure(functions, 'GetTokenInformation');
    }
    return readSid(user, TOKEN_USER_SIZE.header);
  } finally {
    functions.CloseHandle(token);
  }
}

/** The failure of the call just made. */
export function lastFailure(functions: MachineFunctions, operation: string): ProblemError {
  return win32Failure(functions.GetLastError(), operation);
}
