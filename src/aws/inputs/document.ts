import { parseJson } from './text/parse-json.ts';
import { isObject, type JsonObject } from '../../text/json-object.ts';

/** A policy document, or what is wrong with what stands in its place. */
export type Document = { readonly json: JsonObject } | { readonly flaw: string };

/**
 * Reads a policy document: AWS's API percent-encodes it, its CLI decodes it, Terraform keeps it as text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export function readDocument(value: unknown): Document {
  if (isObject(value)) return { json: value };
  if (typeof value !== 'string') return { flaw: 'is missing' };
  const text = /^\s*%7B/i.test(value) ? percentDecoded(value) : value;
  const { value: json, faults } = parseJson(text);
  const [fault] = faults;
  if (fault) return { flaw: fault.what };
  return isObject(json) ? { json } : { flaw: 'is not a JSON object' };
}

/** The text itself where it is not percent-encoded as a whole; that is not JSON either. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
