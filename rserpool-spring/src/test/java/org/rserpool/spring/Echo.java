package org.rserpool.spring;

/**
 * A service for tests.
 */
public interface Echo {

	String echo(String text);

}
