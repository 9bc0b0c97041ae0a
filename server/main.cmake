# The one program, and the data files it finds beside itself.
add_executable(hearth main.cpp app/assets.cpp app/command_line.cpp app/commands.cpp app/config_file.cpp app/demo.cpp
  app/judging.cpp app/migrate.cpp app/open_store.cpp app/options.cpp app/other_servers.cpp app/packs.cpp app/progress.cpp app/rules_in_force.cpp
  app/serve.cpp app/shutdown.cpp)
target_link_libraries(hearth PRIVATE hearth_net hearth_api hearth_ops hearth_session hearth_remote hearth_review hearth_rooms hearth_store
  hearth_identity hearth_texts hearth_moderation CLI11::CLI11 tomlplusplus::tomlplusplus fmt::fmt)
# Sanitizers bring an allocator of their own.
if(NOT HEARTH_SANITIZE)
  target_link_libraries(hearth PRIVATE mimalloc)
endif()

file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/hearth)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/moderation/packs ${CMAKE_BINARY_DIR}/share/hearth/packs SYMBOLIC)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/moderation/claims ${CMAKE_BINARY_DIR}/share/hearth/claims SYMBOLIC)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/moderation/model ${CMAKE_BINARY_DIR}/share/hearth/model SYMBOLIC)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/server/locales ${CMAKE_BINARY_DIR}/share/hearth/locales SYMBOLIC)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/server/crisis ${CMAKE_BINARY_DIR}/share/hearth/crisis SYMBOLIC)

install(TARGETS hearth RUNTIME DESTINATION bin)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/moderation/packs ${CMAKE_SOURCE_DIR}/moderation/claims ${CMAKE_SOURCE_DIR}/moderation/model ${CMAKE_SOURCE_DIR}/server/locales ${CMAKE_SOURCE_DIR}/server/crisis
  DESTINATION share/hearth)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/build/web DESTINATION share/hearth OPTIONAL)
