// Where the page gets its data.

const PATIENCE_MILLIS = 4000;
const REOPEN_MILLIS = 3000;

/** Asks the registrar. Throws an error with a message for people. */
export async function ask(path) {
	let response;
	try {
		response = await fetch(path, { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MILLIS) });
	}
	catch (problem) {
		throw new Error(problem.name === 'TimeoutError' ? 'no answer' : 'no connection');
	}
	if (response.status === 404) {
		return null;
	}
	if (!response.ok) {
		throw new Error(`status ${response.status}`);
	}
	try {
		return await response.json();
	}
	catch {
		throw new Error('the answer was cut short');
	}
}

/** Follows the stream of events, and opens it again when it ends. */
export class Follower {

	#path;
	#reader;
	#lastId = null;
	#source = null;
	#timer = null;

	constructor(path, reader) {
		this.#path = path;
		this.#reader = reader;
	}

	open() {
		this.close();
		const source = new EventSource(this.#lastId === null ? this.#path : `${this.#path}?last-event-id=${encodeURIComponent(this.#lastId)}`);
		this.#source = source;
		source.addEventListener('hello', (message) => this.#reader.hello(JSON.parse(message.data)));
		source.addEventListener('missed', (message) => this.#reader.missed(JSON.parse(message.data)));
		source.addEventListener('message', (message) => {
			this.#lastId = message.lastEventId;
			this.#reader.event(Number(message.lastEventId.split('-').pop()), JSON.parse(message.data));
		});
		source.addEventListener('error', () => {
			this.#reader.lost();
			// The browser connects again by itself, unless it was refused.
			if (source.readyState === EventSource.CLOSED) {
				this.#timer = setTimeout(() => this.open(), REOPEN_MILLIS);
			}
		});
	}

	close() {
		clearTimeout(this.#timer);
		this.#source?.close();
	}

}
