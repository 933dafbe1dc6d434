package org.rserpool.rpc;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

/**
 * Three elements, selected in their order.
 */
final class FakeElements implements ElementSource {

	final List<Integer> reported = new ArrayList<>();

	final List<Integer> avoided = new ArrayList<>();

	final List<Integer> trusted = new ArrayList<>();

	final Set<Integer> suspects = new HashSet<>();

	/** Those that cannot be selected any more. */
	final Set<Integer> gone = new HashSet<>();

	int size = 3;

	boolean silent;

	/** Whether elements are reached by SCTP. */
	boolean sctp;

	ResolutionFailure failure;

	@Override
	public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
		if (this.failure != null) {
			callback.failed(this.failure);
			return;
		}
		for (int identifier = 1; identifier <= this.size && !this.silent; identifier++) {
			if (!excluded.contains(identifier) && !this.gone.contains(identifier)) {
				if (this.suspects.contains(identifier)) {
					callback.selectedSuspect(reached(identifier));
				}
				else {
					callback.selected(reached(identifier));
				}
				return;
			}
		}
		if (!this.silent) {
			callback.failed(new ResolutionFailure(Kind.NO_OTHER_ELEMENT, pool, "no other element"));
		}
	}

	@Override
	public boolean reportUnreachable(PoolHandle pool, int identifier) {
		return this.reported.add(identifier);
	}

	@Override
	public void avoid(PoolHandle pool, int identifier) {
		this.avoided.add(identifier);
	}

	@Override
	public void trust(PoolHandle pool, int identifier) {
		this.trusted.add(identifier);
		this.suspects.remove(identifier);
	}

	@Override
	public Duration patience() {
		return Duration.ofMillis(300);
	}

	@Override
	public String registrar() {
		return "registrar 0x00000007 at registrar:3863";
	}

	private PoolElement reached(int identifier) {
		return this.sctp
				? new PoolElement(identifier, 1, 1000,
						new Transport.Sctp(4000 + identifier, TransportUse.DATA_ONLY,
								List.of(InetAddress.getLoopbackAddress())),
						MemberSelectionPolicy.ROUND_ROBIN, null)
				: element(identifier);
	}

	static PoolElement element(int identifier) {
		return new PoolElement(identifier, 1, 1000,
				new Transport.Tcp(4000 + identifier, InetAddress.getLoopbackAddress()),
				MemberSelectionPolicy.ROUND_ROBIN, null);
	}

}
