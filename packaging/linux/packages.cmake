# `cpack` in the build directory makes two Debian packages, see README.md here.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME auto-commit)
set(CPACK_PACKAGE_CONTACT "the auto-commit contributors <auto-commit@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # or it stands before the one of every package
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL commits)
if(AC_BUILD_TRAY)
    list(APPEND CPACK_COMPONENTS_ALL tray)
endif()

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_COMMITS_PACKAGE_NAME auto-commit)
set(CPACK_COMPONENT_COMMITS_DESCRIPTION "keeps git checkouts committed and in step
Commits what changed in git checkouts in small, well-described commits, pulls
and pushes it, and keeps secrets out of it. The command line and the daemon.")
# The database driver is loaded when it is asked for, so no tool sees that it is needed.
set(CPACK_DEBIAN_COMMITS_PACKAGE_DEPENDS "git (>= 1:2.39), libqt6sql6-sqlite")
# libsecret is what QtKeychain loads to reach the keychain of most desktops.
set(CPACK_DEBIAN_COMMITS_PACKAGE_RECOMMENDS "openssh-client, libsecret-1-0")
set(CPACK_DEBIAN_COMMITS_PACKAGE_SUGGESTS "auto-commit-tray, libqt6sql6-psql")
set(CPACK_DEBIAN_TRAY_PACKAGE_NAME auto-commit-tray)
set(CPACK_COMPONENT_TRAY_DESCRIPTION "tray icon and status window of auto-commit
Shows that every checkout is committed and on the hub, and what needs you.")
set(CPACK_DEBIAN_TRAY_PACKAGE_DEPENDS "auto-commit (= ${PROJECT_VERSION}), qt6-qpa-plugins | libqt6gui6 (>= 6.6)")
set(CPACK_DEBIAN_TRAY_PACKAGE_RECOMMENDS qt6-wayland)

# Needs dpkg-shlibdeps (dpkg-dev) and file; without them a package names what is written above alone.
find_program(AC_SHLIBDEPS dpkg-shlibdeps)
find_program(AC_FILE file)
if(AC_SHLIBDEPS AND AC_FILE)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
