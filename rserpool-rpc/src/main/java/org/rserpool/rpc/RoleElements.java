package org.rserpool.rpc;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.user.CachedPool;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolHandle;

/**
 * Selects by the pool user role.
 */
final class RoleElements implements UserElements {

	private final PoolUserRole user;

	private final RegistrarHunt hunt;

	private final Duration patience;

	/**
	 * Makes a source.
	 * @param user selects
	 * @param hunt knows the home
	 * @param patience how long calls wait for pools that the home does not know
	 */
	RoleElements(PoolUserRole user, RegistrarHunt hunt, Duration patience) {
		this.patience = patience;
		this.user = user;
		this.hunt = hunt;
	}

	@Override
	public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
		this.user.select(pool, excluded, callback);
	}

	@Override
	public boolean reportUnreachable(PoolHandle pool, int identifier) {
		return this.user.reportUnreachable(pool, identifier);
	}

	@Override
	public void avoid(PoolHandle pool, int identifier) {
		this.user.avoid(pool, identifier);
	}

	@Override
	public void trust(PoolHandle pool, int identifier) {
		this.user.trust(pool, identifier);
	}

	@Override
	public Duration patience() {
		return this.patience;
	}

	@Override
	public @Nullable String registrar() {
		Home home = this.hunt.home();
		return (home != null) ? home.toString() : null;
	}

	@Override
	public void confirm(PoolHandle pool, int identifier) {
		this.user.confirm(pool, identifier);
	}

	@Override
	public @Nullable CachedPool known(PoolHandle pool) {
		return this.user.cachedPool(pool);
	}

	@Override
	public Collection<CachedPool> known() {
		return this.user.cachedPools();
	}

}
